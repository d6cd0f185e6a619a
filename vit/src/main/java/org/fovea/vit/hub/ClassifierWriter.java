package org.fovea.vit.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.ProcessorFiles;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;
import org.fovea.core.weights.Checkpoint;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Saves a classifier as a checkpoint directory: {@code config.json}, {@code preprocessor_config.json} and
 * {@code model.safetensors}.
 *
 * <p>Vision transformers are saved in the layout and under the names of Hugging Face transformers, which loads them; those
 * made from a checkpoint of timm's in timm's, whose {@code config.json} says the preprocessing too; compact transformers
 * under ours. {@link PretrainedModel#open} takes all. A front before any of them is the key {@code spatial_transformer} and
 * weights below {@code front}, which other programs do not know.
 *
 * <p>The description can be written before there are weights, and a layout that does not hold the model is refused before
 * anything is written.
 */
public final class ClassifierWriter {
    private static final String CONFIG = "config.json";
    private static final String PREPROCESSOR = "preprocessor_config.json";

    private final ClassifierConfig config;
    private final CheckpointFormat format;
    private final Optional<String> preprocessor;

    private ClassifierWriter(ClassifierConfig config, CheckpointFormat format, Optional<String> preprocessor) {
        this.config = config;
        this.format = format;
        this.preprocessor = preprocessor;
    }

    /**
     * The files of a classifier that was trained here from the beginning.
     *
     * @param labels one per class
     * @throws IllegalArgumentException when labels and classes differ in number, or no layout holds the model
     */
    public static ClassifierWriter of(ClassifierConfig config, List<String> labels, Preprocessing preprocessing) {
        return new ClassifierWriter(
                config,
                FrontKey.write(config, plain -> format(plain, checked(plain, labels))),
                Optional.of(JsonText.of(preprocessing::write)));
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
        ConfigFile file = ConfigFile.read(source.resolve(CONFIG));
        checked(config, labels);
        CheckpointFormat format = FrontKey.write(config, plain -> ClassifierFamilies.ALL
                .of(file)
                .formatLike(file, plain, labels)
                .orElseThrow(() -> noFormat(plain)));
        ImageProcessor own = ImageProcessor.load(source);
        boolean resized = own.height() != config.imageHeight() || own.width() != config.imageWidth();
        if (resized && config.imageHeight() != config.imageWidth()) {
            throw new IllegalArgumentException("ClassifierWriter: another image size than the " + own.height() + " x "
                    + own.width() + " of " + source + " must be square, got " + config.imageHeight() + " x "
                    + config.imageWidth());
        }
        Optional<String> preprocessor = ProcessorFiles.preprocessorConfig(source, resized ? config.imageHeight() : 0);
        return new ClassifierWriter(config, format, preprocessor);
    }

    private static CheckpointFormat format(ClassifierConfig config, List<String> labels) {
        return ClassifierFamilies.ALL.all().stream()
                .flatMap(family -> family.format(config, labels).stream())
                .findFirst()
                .orElseThrow(() -> noFormat(config));
    }

    private static IllegalArgumentException noFormat(ClassifierConfig config) {
        return new IllegalArgumentException("ClassifierWriter: a configuration that is saved must be of "
                + ClassifierFamilies.ALL.names("model_type") + ", got " + config
                + "; timm's variants of the head, the tokens and the norms have no model type among these");
    }

    private static List<String> checked(ClassifierConfig config, List<String> labels) {
        if (labels.size() != config.classes()) {
            throw new IllegalArgumentException("ClassifierWriter: there must be a label per class, got " + labels.size()
                    + " labels and " + config.classes() + " classes");
        }
        return labels;
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
        AtomicFile.write(directory.resolve(CONFIG), JsonText.of(format.config()));
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
        format.writeWeights(directory.resolve(Checkpoint.SINGLE_FILE), config.parameterShapes(), learned);
    }
}
