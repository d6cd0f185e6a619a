package org.fovea.captioning.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.CrossAttentionCaptioner;
import org.fovea.captioning.model.OutputNames;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.vit.hub.EncoderKeys;

/** Captioners that were trained here: an encoder of {@link EncoderKeys} with {@link ShowAttendTell} or a Transformer's decoder. */
final class FoveaCaptioner implements CaptionerFamily {
    static final String TYPE = "fovea_captioner";
    /** Special tokens where {@code config.json} names none: those of a {@link WordVocabulary}. */
    static final TokenIds USUAL =
            new TokenIds(WordVocabulary.START, List.of(WordVocabulary.END), WordVocabulary.PAD, WordVocabulary.START);

    private static final String DECODER = "decoder";
    private static final String SHOW_ATTEND_TELL = "show_attend_tell";
    private static final String TRANSFORMER = "transformer";
    private static final String LOOKING = "looking";
    private static final String VOCABULARY = "vocab_size";
    private static final String POSITIONS = "max_position_embeddings";
    private static final String EMBEDDING = "embedding_size";
    private static final String HIDDEN = "hidden_size";
    private static final String ALIGNMENT = "attention_size";
    private static final String LAYERS = "num_hidden_layers";
    private static final String HEADS = "num_attention_heads";
    private static final String INTERMEDIATE = "intermediate_size";
    private static final String BEGIN = "bos_token_id";
    private static final String END = "eos_token_id";
    private static final String PAD = "pad_token_id";
    private static final int MOST_WORDS = 1 << 24;
    private static final double EPSILON = 1e-5;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public CaptionerSpec read(ConfigFile file) {
        return new CaptionerSpec(model(file, EncoderKeys.read(file)), NameTable.ours(), List.of(file), tokens(file));
    }

    private static TokenIds tokens(ConfigFile file) {
        int first = file.integer(BEGIN, 0, MOST_WORDS).orElse(USUAL.begin());
        return new TokenIds(
                first,
                List.of(file.integer(END, 0, MOST_WORDS).orElse(USUAL.end().get(0))),
                file.integer(PAD, 0, MOST_WORDS).orElse(USUAL.pad()),
                first);
    }

    private static CaptionerModel model(ConfigFile file, VisionEncoder encoder) {
        String kind = file.required(DECODER, file.text(DECODER));
        if (kind.equals(TRANSFORMER)) {
            return transformer(
                    encoder,
                    EncoderKeys.number(file, VOCABULARY),
                    EncoderKeys.number(file, POSITIONS),
                    EncoderKeys.number(file, HIDDEN),
                    EncoderKeys.number(file, LAYERS),
                    EncoderKeys.number(file, HEADS),
                    EncoderKeys.number(file, INTERMEDIATE));
        }
        if (!kind.equals(SHOW_ATTEND_TELL)) {
            throw file.wrong(DECODER, SHOW_ATTEND_TELL + " or " + TRANSFORMER);
        }
        String looking = file.required(LOOKING, file.text(LOOKING));
        if (!List.of("soft", "hard").contains(looking)) {
            throw file.wrong(LOOKING, "soft or hard");
        }
        return new ShowAttendTell(
                encoder,
                EncoderKeys.number(file, VOCABULARY),
                EncoderKeys.number(file, POSITIONS),
                EncoderKeys.number(file, EMBEDDING),
                EncoderKeys.number(file, HIDDEN),
                EncoderKeys.number(file, ALIGNMENT),
                Looking.valueOf(looking.toUpperCase(Locale.ROOT)));
    }

    /** Creates a captioner with this family's Transformer decoder. */
    static CrossAttentionCaptioner transformer(
            VisionEncoder encoder, int words, int positions, int width, int depth, int heads, int hidden) {
        TextDecoder text = new TextDecoder(
                words,
                positions,
                width,
                depth,
                heads,
                new Mlp(hidden, Activation.GELU),
                EPSILON,
                NormPlacement.BEFORE,
                false,
                true,
                TextDecoder.Head.TIED);
        return new CrossAttentionCaptioner(
                encoder, false, text, new OutputNames("encoder_last_hidden_state", "hidden_states", "attentions"));
    }

    /**
     * The {@code config.json} of a model.
     *
     * @param tokens special tokens of its vocabulary
     * @throws IllegalArgumentException when the model does not belong to this family
     */
    static Map<String, Object> config(CaptionerModel model, TokenIds tokens) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_type", TYPE);
        out.putAll(EncoderKeys.write(model.encoder()));
        out.put(VOCABULARY, model.vocabulary());
        out.put(POSITIONS, model.positions());
        out.put(BEGIN, tokens.begin());
        out.put(END, tokens.end().get(0));
        out.put(PAD, tokens.pad());
        if (model instanceof ShowAttendTell writer) {
            out.put(DECODER, SHOW_ATTEND_TELL);
            out.put(LOOKING, writer.looking().name().toLowerCase(Locale.ROOT));
            out.put(EMBEDDING, writer.embedding());
            out.put(HIDDEN, writer.hidden());
            out.put(ALIGNMENT, writer.alignment());
        } else if (model instanceof CrossAttentionCaptioner writer && isOurs(writer)) {
            out.put(DECODER, TRANSFORMER);
            out.put(HIDDEN, writer.text().width());
            out.put(LAYERS, writer.text().depth());
            out.put(HEADS, writer.text().heads());
            out.put(INTERMEDIATE, writer.text().feedForward().hidden());
        } else {
            throw new IllegalArgumentException("FoveaCaptioner: a model that is saved must be a ShowAttendTell or a"
                    + " CaptionerWriter.transformer, got " + model);
        }
        return out;
    }

    private static boolean isOurs(CrossAttentionCaptioner model) {
        TextDecoder t = model.text();
        return model.equals(transformer(
                model.encoder(),
                t.vocabulary(),
                t.positions(),
                t.width(),
                t.depth(),
                t.heads(),
                t.feedForward().hidden()));
    }
}
