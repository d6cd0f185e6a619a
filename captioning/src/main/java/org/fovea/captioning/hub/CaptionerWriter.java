package org.fovea.captioning.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.CaptionVocabulary;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.weights.CheckpointWriter;
import org.fovea.core.weights.Parameters;

/**
 * Saves captioners that were trained here as checkpoint directories, which {@link PretrainedCaptioner#open} takes: {@code
 * config.json}, {@code preprocessor_config.json}, {@code tokenizer.json}, {@code generation_config.json} and {@code
 * model.safetensors}. Pictures are of RGB from -1 to 1, captions of whole words or of any tokenizer.
 */
public final class CaptionerWriter {
    private static final int BILINEAR = 2;
    private static final double HALF = 0.5;

    private CaptionerWriter() {}

    /**
     * An encoder with a pre-norm Transformer decoder whose output layer shares the word embedding.
     *
     * @param hidden channels within each feed-forward block
     */
    public static TrainableCaptioner transformer(
            VisionEncoder encoder, int words, int positions, int width, int depth, int heads, int hidden) {
        return FoveaCaptioner.transformer(encoder, words, positions, width, depth, heads, hidden);
    }

    /** Returns whether a model can be saved: whether {@code config.json} can express its encoder and decoder. */
    public static boolean takes(CaptionerModel model) {
        try {
            FoveaCaptioner.config(model, FoveaCaptioner.USUAL);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Writes all files except the weights.
     *
     * @param directory created if it is missing
     * @throws IllegalArgumentException when the model's encoder or decoder cannot be expressed in {@code config.json}
     */
    public static void saveDescription(Path directory, CaptionerModel model, CaptionVocabulary words)
            throws IOException {
        saveDescription(
                directory,
                model,
                words,
                JsonText.of(preprocessing(model.encoder().imageHeight())));
    }

    /**
     * Writes all files except the weights, with a given preprocessing.
     *
     * @param preprocessing content of {@code preprocessor_config.json}
     * @throws IllegalArgumentException when the model's encoder or decoder cannot be expressed in {@code config.json}
     */
    public static void saveDescription(
            Path directory, CaptionerModel model, CaptionVocabulary words, String preprocessing) throws IOException {
        if (words.size() != model.vocabulary()) {
            throw new IllegalArgumentException(
                    "CaptionerWriter: the vocabulary must have as many words as the model, got " + words.size()
                            + " and " + model.vocabulary());
        }
        Map<String, Object> config = FoveaCaptioner.config(model, words.tokens());
        Files.createDirectories(directory);
        words.save(directory);
        AtomicFile.write(directory.resolve("preprocessor_config.json"), preprocessing);
        AtomicFile.write(directory.resolve("generation_config.json"), JsonText.of(generation(model, words)));
        AtomicFile.write(directory.resolve("config.json"), JsonText.of(config));
    }

    /** Writes the model's weights. */
    public static void saveWeights(Path directory, CaptionerModel model, Parameters weights) throws IOException {
        CheckpointWriter.save(directory, model.parameterShapes().keySet(), weights);
    }

    /** Writes the model's weights in half precision, as {@link CheckpointWriter#saveHalf} does. */
    public static void saveHalfWeights(Path directory, CaptionerModel model, Parameters weights) throws IOException {
        CheckpointWriter.saveHalf(directory, model.parameterShapes().keySet(), weights);
    }

    private static Map<String, Object> preprocessing(int pixels) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("image_processor_type", "ViTImageProcessor");
        out.put("do_resize", true);
        out.put("size", Map.of("height", pixels, "width", pixels));
        out.put("resample", BILINEAR);
        out.put("do_rescale", true);
        out.put("rescale_factor", 1 / 255.0);
        out.put("do_normalize", true);
        out.put("image_mean", List.of(HALF, HALF, HALF));
        out.put("image_std", List.of(HALF, HALF, HALF));
        return out;
    }

    private static Map<String, Object> generation(CaptionerModel model, CaptionVocabulary words) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("bos_token_id", words.tokens().begin());
        out.put("decoder_start_token_id", words.start());
        out.put("eos_token_id", words.end());
        out.put("pad_token_id", words.tokens().pad());
        out.put("max_length", model.positions());
        if (!words.unwritten().isEmpty()) {
            out.put("bad_words_ids", words.unwritten().stream().map(List::of).toList());
        }
        return out;
    }
}
