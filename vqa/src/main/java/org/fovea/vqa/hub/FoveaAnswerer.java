package org.fovea.vqa.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.NameTable;
import org.fovea.vit.hub.EncoderKeys;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.model.AnswerHead;
import org.fovea.vqa.model.AttentiveAnswerer;

/** Answerers that were trained here: an encoder of {@link EncoderKeys} with any {@link AnswerHead}. */
final class FoveaAnswerer implements AnswererFamily {
    static final String TYPE = "fovea_answerer";

    private static final String HEAD = "head";
    private static final String VOCABULARY = "vocab_size";
    private static final String POSITIONS = "max_position_embeddings";
    private static final String WIDTH = "hidden_size";
    private static final String PROBLEM = "problem_type";
    private static final String ONE_RIGHT = "single_label_classification";
    private static final String SEVERAL_RIGHT = "multi_label_classification";

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public AnswererSpec read(ConfigFile file) {
        List<String> answers = Labels.read(file)
                .orElseThrow(() -> file.error(
                        "id2label", "must list the answers", "none", "Take the file that was saved with the weights."));
        AttentiveAnswerer model = new AttentiveAnswerer(
                EncoderKeys.read(file),
                head(file),
                EncoderKeys.number(file, VOCABULARY),
                EncoderKeys.number(file, POSITIONS),
                answers.size(),
                EncoderKeys.number(file, WIDTH));
        return spec(model, answers, link(file));
    }

    /** Specification of a model of this family with its answers. */
    static AnswererSpec spec(AttentiveAnswerer model, List<String> answers, Link link) {
        return AnswererSpec.closed(model, NameTable.ours(), answers, link);
    }

    private static Link link(ConfigFile file) {
        return switch (file.text(PROBLEM).orElse(ONE_RIGHT)) {
            case ONE_RIGHT -> Link.SOFTMAX;
            case SEVERAL_RIGHT -> Link.SIGMOID;
            default -> throw file.wrong(PROBLEM, ONE_RIGHT + " or " + SEVERAL_RIGHT);
        };
    }

    private static AnswerHead head(ConfigFile file) {
        String name = file.required(HEAD, file.text(HEAD));
        for (AnswerHead head : AnswerHead.values()) {
            if (key(head).equals(name)) {
                return head;
            }
        }
        throw file.wrong(HEAD, "one of " + List.of(AnswerHead.values()));
    }

    private static String key(AnswerHead head) {
        return head.name().toLowerCase(Locale.ROOT);
    }

    /** Content of {@code config.json} for a model. */
    static Map<String, Object> config(AttentiveAnswerer model, List<String> answers, Link link) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_type", TYPE);
        out.putAll(EncoderKeys.write(model.encoder()));
        out.put(HEAD, key(model.head()));
        out.put(VOCABULARY, model.vocabulary());
        out.put(POSITIONS, model.positions());
        out.put(WIDTH, model.width());
        out.put(PROBLEM, link == Link.SOFTMAX ? ONE_RIGHT : SEVERAL_RIGHT);
        out.putAll(Labels.keys(answers));
        return out;
    }
}
