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
     * Creates the writer of a classifier that was trained from scratch.
     *
     * @param labels class names
     * @throws IllegalArgumentException when labels and classes differ in number, or no checkpoint format can express the model
     */
    public static ClassifierWriter of(ClassifierConfig config, List<String> labels, Preprocessing preprocessing) {
        return new ClassifierWriter(
                config,
                FrontKey.write(config, plain -> format(plain, checked(plain, labels))),
                Optional.of(JsonText.of(preprocessing::write)));
    }

    /**
     * Creates the writer of a classifier derived from another checkpoint. Images are preprocessed as there, except that the
     * size is the configuration's.
     *
     * @param source the other checkpoint's directory
     * @param labels class names
     * @throws IllegalArgumentException when labels and classes differ in number, or no checkpoint format can express the model
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
     * @param directory created if it is missing; existing files are replaced
     * @param learned trained weights under Fovea's names, as {@link ClassifierConfig#parameterShapes} lists them
     * @throws IOException when writing fails; each file is then either the old or the new one, complete
     */
    public void save(Path directory, WeightSource learned) throws IOException {
        saveDescription(directory);
        saveWeights(directory, learned);
    }

    /**
     * Saves everything but the weights; {@link ImageProcessor#load} can then read the directory.
     *
     * @param directory created if it is missing
     * @throws IOException when writing fails
     */
    public void saveDescription(Path directory) throws IOException {
        Files.createDirectories(directory);
        AtomicFile.write(directory.resolve(CONFIG), JsonText.of(format.config()));
        Path file = directory.resolve(PREPROCESSOR);
        if (preprocessor.isPresent()) {
            AtomicFile.write(file, preprocessor.get());
        } else {
            Files.deleteIfExists(file); // a stale file of an earlier model would be read
        }
    }

    /**
     * Saves {@code model.safetensors}.
     *
     * @param directory directory written by {@link #saveDescription}
     * @param learned trained weights, as for {@link #save}
     * @throws IOException when writing fails; the old file is then unchanged
     */
    public void saveWeights(Path directory, WeightSource learned) throws IOException {
        format.writeWeights(directory.resolve(Checkpoint.SINGLE_FILE), config.parameterShapes(), learned);
    }
}
