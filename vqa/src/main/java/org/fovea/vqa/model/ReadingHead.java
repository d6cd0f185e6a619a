package org.fovea.vqa.model;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * Way from a question and the places of an image to one vector: what an {@link AnswerHead} has of its own. Its weights are below
 * {@code question} and {@code attention}.
 */
sealed interface ReadingHead
        permits StackedHead, RelationHead, MemoryHead, GuidedHead, QuestionOnlyHead, ImageOnlyHead {
    /**
     * A question read.
     *
     * @param values {@code [rows, C]}, from which the answers are scored
     * @param looks from those scores {@code [rows, answers]} to what {@link #gaze} needs, by name
     * @param attention weights that training can guide: {@code [rows, T, M]} of each word or {@code [rows, 1, M]} of the question
     */
    record Result(Value values, Function<Value, Map<String, Value>> looks, Supplier<List<Value>> attention) {
        /** A vector of a head that does not tell where it looked. */
        static Result of(Value values) {
            return Result.of(values, scores -> Map.of());
        }

        /** A vector of a head whose attention training does not guide. */
        static Result of(Value values, Function<Value, Map<String, Value>> looks) {
            return new Result(values, looks, List::of);
        }
    }

    /** Adds the head. */
    Result build(Scope top, AskedRows asked);

    /** Inputs that it reads, of those of {@link AnswererModel}. */
    default List<String> inputs() {
        return List.of(AnswererModel.IMAGE, AnswererModel.QUESTION, AnswererModel.QUESTION_MASK);
    }

    /** First values of weights in the place of the usual ones, by name. */
    default Map<String, Tensor> firstValues(int vocabulary, int width, long seed) {
        return AskedRows.firstValues(vocabulary, width, seed);
    }

    /**
     * Attention of one question without padding to the image.
     *
     * @param outputs as {@link Result#looks} gives them
     * @param words tokens of the question
     */
    Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid);
}
