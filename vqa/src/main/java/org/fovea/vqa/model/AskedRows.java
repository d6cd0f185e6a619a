package org.fovea.vqa.model;

import java.util.Map;
import java.util.function.Supplier;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LstmCell;
import org.fovea.core.nn.Recurrence;
import org.fovea.core.nn.Repeat;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializers;

/**
 * Questions with the places of their images, as a {@link ReadingHead} takes them. What it does not ask for is not in the graph.
 *
 * @param rows questions
 * @param words of each, T
 * @param vocabulary number of words that there are
 * @param positions the most words of a question
 * @param width of a word's vector and of what is read
 * @param images the places of each image {@code [images, M, E]}, those of the grid last; asked at most once; each image is that of
 *     {@code rows / images} questions side by side
 * @param grid the places of an image
 */
record AskedRows(
        int rows, int words, int vocabulary, int positions, int width, Supplier<Value> images, Supplier<Grid> grid) {
    /** The scope of what reads the question. */
    static final String READER = "question";
    /** The scope of what looks at the places. */
    static final String ATTENTION = "attention";

    private static final String WORDS = "words";
    private static final String LSTM = "lstm";

    /** The places of each question's image {@code [rows, M, E]}. */
    Value places() {
        return Repeat.rows(images.get(), rows);
    }

    /** Indices of words {@code [rows, T]}. */
    Value ids(Graph graph) {
        return graph.indexInput(AnswererModel.QUESTION, rows, words);
    }

    /** {@code [rows, T]}, 1 for words and 0 for padding. */
    Value mask(Graph graph) {
        return graph.input(AnswererModel.QUESTION_MASK, rows, words);
    }

    /**
     * First values for {@link #readInOrder}: words of a size that tells them apart in the state of the LSTM, which forgets
     * none at first.
     */
    static Map<String, Tensor> firstValues(int vocabulary, int width, long seed) {
        String table = READER + "." + WORDS + ".table";
        return Map.of(
                table,
                Initializers.truncatedNormal(1).create(table, Shape.of(vocabulary, width), seed),
                READER + "." + LSTM + ".input.bias",
                new LstmCell(width).openBias());
    }

    /** Each question as one vector {@code [rows, width]}: the last state of an LSTM. */
    Value readInOrder(Scope top) {
        Scope scope = top.child(READER);
        Value x = new TokenEmbedding(vocabulary, width)
                .build(scope.child(WORDS).enter(), ids(top.graph())); // [rows, T, width]
        return new Recurrence(new LstmCell(width), Recurrence.Direction.FORWARD)
                .build(scope.child(LSTM), x, mask(top.graph()))
                .last()
                .get(0)
                .output();
    }
}
