package org.fovea.vqa.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;
import org.fovea.core.weights.CheckpointWriter;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vqa.model.AttentiveAnswerer;
import org.fovea.vqa.model.QuestionVocabulary;

/** Saves answerers that were trained here as checkpoint directories, which {@link PretrainedAnswerer#open} takes. */
public final class AnswererWriter {
    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

    private AnswererWriter() {}

    /**
     * Writes all files except the weights for a model with one right answer per question: {@code config.json}, {@code
     * preprocessor_config.json} and those of the tokenizer. Images are RGB from -1 to 1.
     *
     * @param directory created if it is missing
     * @param answers in the order of the model's scores
     * @throws IllegalArgumentException when the model's encoder cannot be expressed in {@code config.json}
     */
    public static void saveDescription(
            Path directory, AttentiveAnswerer model, QuestionVocabulary words, List<String> answers)
            throws IOException {
        Preprocessing preprocessing =
                new Preprocessing(model.imageHeight(), model.imageWidth(), Preprocessing.Fit.STRETCH, HALF, HALF);
        saveConfig(directory, model, answers, AnswererSpec.Link.SOFTMAX, JsonText.of(preprocessing::write));
        words.save(directory);
    }

    /**
     * Writes {@code config.json} and {@code preprocessor_config.json}.
     *
     * @param directory created if it is missing
     * @param answers in the order of the model's scores
     * @param preprocessing content of {@code preprocessor_config.json}
     * @throws IllegalArgumentException when the model's encoder cannot be expressed in {@code config.json}
     */
    public static void saveConfig(
            Path directory, AttentiveAnswerer model, List<String> answers, AnswererSpec.Link link, String preprocessing)
            throws IOException {
        String config = JsonText.of(FoveaAnswerer.config(model, answers, link));
        Files.createDirectories(directory);
        AtomicFile.write(directory.resolve("preprocessor_config.json"), preprocessing);
        AtomicFile.write(directory.resolve("config.json"), config);
    }

    /** Writes the model's weights. */
    public static void saveWeights(Path directory, AttentiveAnswerer model, Parameters weights) throws IOException {
        CheckpointWriter.save(directory, model.parameterShapes().keySet(), weights);
    }

    /** Writes the model's weights in half precision, as {@link CheckpointWriter#saveHalf} does. */
    public static void saveHalfWeights(Path directory, AttentiveAnswerer model, Parameters weights) throws IOException {
        CheckpointWriter.saveHalf(directory, model.parameterShapes().keySet(), weights);
    }
}
