package org.fovea.vit.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.ProcessorFiles;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.ViTConfig;

/**
 * Saves a classifier as a checkpoint directory: {@code config.json}, {@code preprocessor_config.json} and
 * {@code model.safetensors}.
 *
 * <p>Vision transformers are saved in the layout and under the names of Hugging Face transformers, which loads them; those
 * made from a checkpoint of timm's in timm's, whose {@code config.json} says the preprocessing too; compact transformers
 * under ours. {@link PretrainedModel#open} takes all.
 *
 * <p>The description can be written before there are weights, and a layout that does not hold the model is refused before
 * anything is written.
 */
public final class ClassifierWriter {
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";

    private final ClassifierConfig config;
    private final Layout layout;
    private final Optional<String> preprocessor;

    /** How {@code config.json} and the weights are written; {@code unused} tensors are zeros. */
    private record Layout(String configText, NameTable names, Map<String, Shape> unused) {}

    private ClassifierWriter(ClassifierConfig config, Layout layout, Optional<String> preprocessor) {
        this.config = config;
        this.layout = layout;
        this.preprocessor = preprocessor;
    }

    /**
     * The files of a classifier that was trained here from the beginning.
     *
     * @param labels one per class
     * @throws IllegalArgumentException when labels and classes differ in number, or no layout holds the model
     */
    public static ClassifierWriter of(ClassifierConfig config, List<String> labels, Preprocessing preprocessing) {
        return new ClassifierWriter(config, layout(config, labels), Optional.of(JsonText.of(preprocessing::write)));
    }

    /**
     * The files of a classifier that was made from another checkpoint, whose images it takes as they were prepared there, but
     * for the size where the configuration has another.
     *
     * @param source the other checkpoint's directory
     * @param labels one per class
     * @throws IllegalArgumentException when labels and classes differ in number, or no layout holds the model
     * @throws IOException when the source's files cannot be read
     */
    public static ClassifierWriter like(Path source, ClassifierConfig config, List<String> labels) throws IOException {
        Path file = source.resolve(CONFIG);
        Layout layout = config instanceof ViTConfig vit && TimmConfig.isTimm(ConfigFile.read(file))
                ? new Layout(TimmFile.text(file, vit, checked(config, labels)), TimmNames.of(vit.head()), Map.of())
                : layout(config, labels);
        ImageProcessor own = ImageProcessor.load(source);
        boolean resized = own.height() != config.imageHeight() || own.width() != config.imageWidth();
        if (resized && config.imageHeight() != config.imageWidth()) {
            throw new IllegalArgumentException("ClassifierWriter: another image size than the " + own.height() + " x "
                    + own.width() + " of " + source + " must be square, got " + config.imageHeight() + " x "
                    + config.imageWidth());
        }
        Optional<String> preprocessor = ProcessorFiles.preprocessorConfig(source, resized ? config.imageHeight() : 0);
        return new ClassifierWriter(config, layout, preprocessor);
    }

    private static Layout layout(ClassifierConfig config, List<String> labels) {
        checked(config, labels);
        if (config instanceof CctConfig cct) {
            String text = JsonText.of(json -> {
                CctFile.write(cct.encoder(), json);
                writeLabels(json, labels);
            });
            return new Layout(text, NameTable.ours(), Map.of());
        }
        HubFile hub = HubFile.of((ViTConfig) config);
        String text = JsonText.of(json -> {
            hub.write(json);
            writeLabels(json, labels);
        });
        return new Layout(text, hub.names(), hub.unused());
    }

    private static List<String> checked(ClassifierConfig config, List<String> labels) {
        if (labels.size() != config.classes()) {
            throw new IllegalArgumentException("ClassifierWriter: there must be a label per class, got " + labels.size()
                    + " labels and " + config.classes() + " classes");
        }
        return labels;
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

    /**
     * Saves all files.
     *
     * @param directory made where it is missing; the files in it are replaced
     * @param learned the weights under our names, as {@link ClassifierConfig#parameterShapes} lists them
     * @throws IOException when the disk refuses; a file is then either old or new, and whole
     */
    public void save(Path directory, WeightSource learned) throws IOException {
        saveDescription(directory);
        saveWeights(directory, learned);
    }

    /**
     * Saves everything but the weights; {@link ImageProcessor#load} can then read the directory.
     *
     * @param directory made where it is missing
     * @throws IOException when the disk refuses
     */
    public void saveDescription(Path directory) throws IOException {
        Files.createDirectories(directory);
        AtomicFile.write(directory.resolve(CONFIG), layout.configText());
        Path file = directory.resolve(PREPROCESSOR);
        if (preprocessor.isPresent()) {
            AtomicFile.write(file, preprocessor.get());
        } else {
            Files.deleteIfExists(file); // what an earlier model left would count
        }
    }

    /**
     * Saves {@code model.safetensors}.
     *
     * @param directory that {@link #saveDescription} has made
     * @param learned as for {@link #save}
     * @throws IOException when the disk refuses; the file is then as it was
     */
    public void saveWeights(Path directory, WeightSource learned) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        config.parameterShapes().forEach((name, shape) -> {
            List<String> theirs = layout.names().saved(name);
            Shape stored = NameTable.storedShape(config, name, shape);
            Shape part = stored.with(0, stored.dim(0) / theirs.size());
            for (int i = 0; i < theirs.size(); i++) {
                int number = i;
                writer.add(theirs.get(i), DType.F32, part, () -> part(learned.tensor(name), part, number));
            }
        });
        layout.unused().forEach((name, shape) -> writer.add(name, Tensor.zeros(DType.F32, shape)));
        writer.write(directory.resolve(Checkpoint.SINGLE_FILE));
    }

    /** The i-th of the equal parts along axis 0, float32. */
    private static Tensor part(Tensor whole, Shape shape, int number) {
        float[] all = whole.toFloats();
        int size = (int) shape.size();
        float[] out = Arrays.copyOfRange(all, number * size, (number + 1) * size);
        return Tensor.of(out, shape.toArray());
    }
}
