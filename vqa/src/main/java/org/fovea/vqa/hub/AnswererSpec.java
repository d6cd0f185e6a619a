package org.fovea.vqa.hub;

import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.generate.TokenIds;
import org.fovea.core.hub.ModelDescription;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.hub.ModelSpec;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.hub.NameTable;
import org.fovea.core.tensor.Shape;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.ClosedAnswerer;
import org.fovea.vqa.model.GenerativeAnswerer;

/**
 * An answerer as its {@code config.json} tells it.
 *
 * @param names of the weights
 * @param answers answers that a {@link ClosedAnswerer} scores; empty for a {@link GenerativeAnswerer}
 * @param link function from scores to the probabilities of answers
 * @param options configurations that may hold generation options, in order of precedence
 * @param tokens special tokens that the family fixes, whatever the options say
 */
public record AnswererSpec(
        AnswererModel model,
        NameTable names,
        List<String> answers,
        Link link,
        List<ConfigFile> options,
        TokenIds tokens)
        implements ModelSpec {
    private static final int QUESTION_WORDS = 40; // length of the question whose operations are counted

    /** Function from scores to probabilities. */
    public enum Link {
        /** Independent probabilities: several answers may be right. */
        SIGMOID,
        /** Probabilities that sum to 1: one answer is right. */
        SOFTMAX
    }

    /** Copies the lists and checks the answers. */
    public AnswererSpec {
        answers = List.copyOf(answers);
        options = List.copyOf(options);
        if (model instanceof ClosedAnswerer closed && closed.answers() != answers.size()) {
            throw new IllegalArgumentException("AnswererSpec: every score must have its answer, got " + closed.answers()
                    + " scores and " + answers.size() + " answers");
        }
    }

    @Override
    public Map<String, Shape> parameterShapes() {
        return model.parameterShapes();
    }

    @Override
    public ModelDescription describe() {
        ModelSummary summary = new ModelSummary(model.describe(), Map.of())
                .image(model.channels(), model.imageHeight(), model.imageWidth())
                .fact("any_image_size", model.takesAnySize())
                .fact("images", model.images())
                .row("vocabulary", model.vocabulary() + " tokens, questions of " + model.positions() + " at most")
                .fact("vocabulary", model.vocabulary())
                .fact("positions", model.positions());
        ModelSummary whole = answers.isEmpty()
                ? summary.row("answers", "written word by word")
                : summary.list("answers", answers.size(), answers);
        List<ModelPass> passes = model.passes(Math.min(QUESTION_WORDS, model.positions()));
        return new ModelDescription(whole, parameterShapes(), passes);
    }

    /** Specification of a model that scores a list of answers. */
    public static AnswererSpec closed(ClosedAnswerer model, NameTable names, List<String> answers, Link link) {
        return new AnswererSpec(model, names, answers, link, List.of(), TokenIds.none());
    }

    /** Specification of a model that generates its answers. */
    public static AnswererSpec generative(
            GenerativeAnswerer model, NameTable names, List<ConfigFile> options, TokenIds tokens) {
        return new AnswererSpec(model, names, List.of(), Link.SOFTMAX, options, tokens);
    }
}
