package org.fovea.vit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.SafetensorsWriter;

/**
 * Saves a classifier as a checkpoint directory: {@code config.json}, {@code preprocessor_config.json} and
 * {@code model.safetensors}.
 *
 * <p>Vision transformers are saved in the layout and under the names of Hugging Face transformers, which loads them;
 * compact transformers under ours. {@link ImageClassifier#load} takes both.
 */
public final class ClassifierFiles {
    private static final String PREPROCESSOR = "preprocessor_config.json";

    private ClassifierFiles() {}

    /**
     * Saves a classifier that was trained here.
     *
     * @param directory made where it is missing; the three files in it are replaced
     * @param labels one per class
     * @param learned the weights under our names, as {@link ClassifierConfig#parameterShapes} lists them
     * @throws IllegalArgumentException when labels and classes differ in number, or no layout holds the model
     * @throws IOException when the disk refuses; a file is then either old or new, and whole
     */
    public static void save(
            Path directory,
            ClassifierConfig config,
            List<String> labels,
            WeightSource learned,
            Preprocessing preprocessing)
            throws IOException {
        save(directory, config, labels, learned);
        save(directory, preprocessing);
    }

    /**
     * Saves {@code preprocessor_config.json} alone, which {@link org.fovea.core.image.ImageProcessor#load} reads.
     *
     * @param directory made where it is missing
     * @throws IOException when the disk refuses
     */
    public static void save(Path directory, Preprocessing preprocessing) throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve(PREPROCESSOR), preprocessing::write);
    }

    /**
     * Saves a classifier that was made from another checkpoint, whose images it takes as they were prepared there.
     *
     * @param source the other checkpoint's directory; its {@code preprocessor_config.json} is copied
     * @throws IllegalArgumentException when labels and classes differ in number, or no layout holds the model
     * @throws IOException when the disk refuses, or the source has no such file
     */
    public static void save(
            Path directory, ClassifierConfig config, List<String> labels, WeightSource learned, Path source)
            throws IOException {
        byte[] preprocessor = Files.readAllBytes(source.resolve(PREPROCESSOR));
        save(directory, config, labels, learned);
        replace(directory.resolve(PREPROCESSOR), preprocessor);
    }

    private static void save(Path directory, ClassifierConfig config, List<String> labels, WeightSource learned)
            throws IOException {
        if (labels.size() != config.classes()) {
            throw new IllegalArgumentException("ClassifierFiles: there must be a label per class, got " + labels.size()
                    + " labels and " + config.classes() + " classes");
        }
        if (config instanceof ViTConfig vit) {
            HubFile hub = HubFile.of(vit);
            Files.createDirectories(directory);
            SafetensorsWriter writer = weights(config, hub.names(), learned);
            hub.unused().forEach((name, shape) -> writer.add(name, Tensor.zeros(DType.F32, shape)));
            writer.write(directory.resolve(Checkpoint.SINGLE_FILE));
            write(directory.resolve("config.json"), json -> {
                hub.write(json);
                writeLabels(json, labels);
            });
        } else if (config instanceof CctConfig cct) {
            Files.createDirectories(directory);
            weights(config, NameTable.ours(), learned).write(directory.resolve(Checkpoint.SINGLE_FILE));
            write(directory.resolve("config.json"), json -> {
                CctFile.write(cct, json);
                writeLabels(json, labels);
            });
        }
    }

    private static SafetensorsWriter weights(ClassifierConfig config, NameTable names, WeightSource learned) {
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        config.parameterShapes().forEach((name, shape) -> {
            List<String> theirs = names.saved(name);
            Shape stored = NameTable.storedShape(config, name, shape);
            Shape part = stored.with(0, stored.dim(0) / theirs.size());
            for (int i = 0; i < theirs.size(); i++) {
                int number = i;
                writer.add(theirs.get(i), DType.F32, part, () -> part(learned.tensor(name), part, number));
            }
        });
        return writer;
    }

    /** The i-th of the equal parts along axis 0, float32. */
    private static Tensor part(Tensor whole, Shape shape, int number) {
        float[] all = whole.toFloats();
        int size = (int) shape.size();
        float[] out = Arrays.copyOfRange(all, number * size, (number + 1) * size);
        return Tensor.of(out, shape.toArray());
    }

    private static void writeLabels(JsonGenerator json, List<String> labels) throws IOException {
        json.writeObjectFieldStart("id2label");
        for (int i = 0; i < labels.size(); i++) {
            json.writeStringField(Integer.toString(i), labels.get(i));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("label2id");
        for (int i = 0; i < labels.size(); i++) {
            json.writeNumberField(labels.get(i), i);
        }
        json.writeEndObject();
    }

    private static void write(Path file, Content content) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        }
        replace(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A reader sees the old file or the new one, never half of it. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
