package org.fovea.captioning.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.model.ConvEncoder;

/**
 * A captioner of our own as a folder: {@code config.json}, {@code words.txt} and {@code model.safetensors}. Its encoder is a
 * {@link ConvEncoder}.
 */
public record SavedWriter(ImageWriter model, WordVocabulary vocabulary, Parameters weights) {
    /** The value of {@code model_type}. */
    public static final String MODEL_TYPE = "fovea_image_writer";

    private static final String CONFIG = "config.json";
    private static final String WORDS = "words.txt";
    private static final String WEIGHTS = "model.safetensors";
    private static final String SHOW_ATTEND_TELL = "show_attend_tell";
    private static final String TRANSFORMER = "transformer";
    private static final int MOST = 1 << 20;

    /**
     * Writes what there is before the weights are known.
     *
     * @throws IllegalArgumentException when the encoder is none of ours
     */
    public static void saveDescription(Path folder, ImageWriter model, WordVocabulary vocabulary) throws IOException {
        Files.createDirectories(folder);
        vocabulary.save(folder.resolve(WORDS));
        AtomicFile.write(folder.resolve(CONFIG), JsonText.of(config(model)));
    }

    /** Writes all files, the weights last. */
    public void save(Path folder) throws IOException {
        saveDescription(folder, model, vocabulary);
        new SafetensorsWriter().metadata("format", "pt").add(weights).write(folder.resolve(WEIGHTS));
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws org.fovea.core.ModelFormatException when a file is missing or says something else
     */
    public static SavedWriter load(Path folder) {
        return load(folder, folder.resolve(WEIGHTS));
    }

    /**
     * Reads a folder with weights from another file, such as a checkpoint of its training.
     *
     * @throws org.fovea.core.ModelFormatException when a file is missing or says something else
     */
    public static SavedWriter load(Path folder, Path weights) {
        ConfigFile config = ConfigFile.read(folder.resolve(CONFIG));
        WordVocabulary vocabulary = WordVocabulary.load(folder.resolve(WORDS));
        ConvEncoder encoder = new ConvEncoder(number(config, "image_size"), number(config, "encoder_width"));
        ImageWriter model = new ImageWriter(encoder, decoder(config, vocabulary.size()));
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            for (String name : file.names()) {
                Tensor copy =
                        Tensor.zeros(file.info(name).dtype(), file.info(name).shape());
                file.read(name, copy.buffer());
                tensors.put(name, copy);
            }
        }
        return new SavedWriter(model, vocabulary, Parameters.of(tensors));
    }

    private static WordDecoder decoder(ConfigFile config, int words) {
        String kind = config.required("decoder", config.text("decoder"));
        int positions = number(config, "max_position_embeddings");
        return switch (kind) {
            case SHOW_ATTEND_TELL ->
                new ShowAttendTell(
                        words,
                        positions,
                        number(config, "embedding"),
                        number(config, "hidden_size"),
                        number(config, "alignment"),
                        Looking.valueOf(config.required("looking", config.text("looking"))
                                .toUpperCase(Locale.ROOT)));
            case TRANSFORMER ->
                new TransformerDecoder(
                        words,
                        positions,
                        number(config, "hidden_size"),
                        number(config, "num_attention_heads"),
                        number(config, "intermediate_size"),
                        number(config, "num_hidden_layers"));
            default -> throw config.wrong("decoder", "must be " + SHOW_ATTEND_TELL + " or " + TRANSFORMER);
        };
    }

    private static int number(ConfigFile config, String key) {
        return config.required(key, config.integer(key, 1, MOST));
    }

    private static Map<String, Object> config(ImageWriter model) {
        if (!(model.encoder() instanceof ConvEncoder encoder)) {
            throw new IllegalArgumentException("SavedWriter: the encoder must be a ConvEncoder, got "
                    + model.encoder().getClass().getSimpleName());
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_type", MODEL_TYPE);
        out.put("image_size", encoder.pixels());
        out.put("encoder_width", encoder.width());
        out.put("max_position_embeddings", model.decoder().positions());
        if (model.decoder() instanceof ShowAttendTell decoder) {
            out.put("decoder", SHOW_ATTEND_TELL);
            out.put("embedding", decoder.embedding());
            out.put("hidden_size", decoder.hidden());
            out.put("alignment", decoder.alignment());
            out.put("looking", decoder.looking().name().toLowerCase(Locale.ROOT));
        } else if (model.decoder() instanceof TransformerDecoder decoder) {
            out.put("decoder", TRANSFORMER);
            out.put("hidden_size", decoder.width());
            out.put("num_attention_heads", decoder.heads());
            out.put("intermediate_size", decoder.hidden());
            out.put("num_hidden_layers", decoder.depth());
        }
        return out;
    }
}
