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
     * @param values features {@code [rows, C]}, from which the answers are scored
     * @param looks makes the outputs that {@link #gaze} reads, by name, from the scores {@code [rows, answers]}
     * @param attention supplies the attention weights that training can supervise: {@code [rows, T, M]} for each word or {@code
     *     [rows, 1, M]} for the question
     */
    record Result(Value values, Function<Value, Map<String, Value>> looks, Supplier<List<Value>> attention) {
        /** Result of a head without attention maps. */
        static Result of(Value values) {
            return Result.of(values, scores -> Map.of());
        }

        /** Result of a head whose attention cannot be supervised in training. */
        static Result of(Value values, Function<Value, Map<String, Value>> looks) {
            return new Result(values, looks, List::of);
        }
    }

    /** Adds the head. */
    Result build(Scope top, AskedRows asked);

    /** Inputs that the head reads, among those of {@link AnswererModel}. */
    default List<String> inputs() {
        return List.of(AnswererModel.IMAGE, AnswererModel.QUESTION, AnswererModel.QUESTION_MASK);
    }

    /** Initial values for weights with special ones, by name. */
    default Map<String, Tensor> firstValues(int vocabulary, int width, long seed) {
        return AskedRows.firstValues(vocabulary, width, seed);
    }

    /**
     * Attention maps for one question without padding.
     *
     * @param outputs outputs made by {@link Result#looks}
     * @param words number of tokens of the question
     */
    Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid);
}
