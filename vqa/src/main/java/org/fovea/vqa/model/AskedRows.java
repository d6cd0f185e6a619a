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
 * @param rows number of questions
 * @param words number of words of each question, T
 * @param vocabulary number of words in the vocabulary
 * @param positions maximum number of words of a question
 * @param width width of the word embedding and of the question's encoding
 * @param images supplies the tokens of each image {@code [images, M, E]}, those of the grid last; called at most once; each
 *     image belongs to {@code rows / images} adjacent questions
 * @param grid supplies the grid of positions of an image
 */
record AskedRows(
        int rows, int words, int vocabulary, int positions, int width, Supplier<Value> images, Supplier<Grid> grid) {
    /** Scope of the question's encoder. */
    static final String READER = "question";
    /** Scope of the attention to the image. */
    static final String ATTENTION = "attention";

    private static final String WORDS = "words";
    private static final String LSTM = "lstm";

    /** Image tokens of each question, {@code [rows, M, E]}. */
    Value places() {
        return Repeat.rows(images.get(), rows);
    }

    /** Adds the input of word ids {@code [rows, T]}. */
    Value ids(Graph graph) {
        return graph.indexInput(AnswererModel.QUESTION, rows, words);
    }

    /** Adds the input of the mask {@code [rows, T]}, 1 for words and 0 for padding. */
    Value mask(Graph graph) {
        return graph.input(AnswererModel.QUESTION_MASK, rows, words);
    }

    /**
     * Initial values for {@link #readInOrder}: word embeddings large enough to be distinguished in the LSTM's state, and open
     * forget gates.
     */
    static Map<String, Tensor> firstValues(int vocabulary, int width, long seed) {
        String table = READER + "." + WORDS + ".table";
        return Map.of(
                table,
                Initializers.truncatedNormal(1).create(table, Shape.of(vocabulary, width), seed),
                READER + "." + LSTM + ".input.bias",
                new LstmCell(width).openBias());
    }

    /** Encodes each question as a vector {@code [rows, width]}: the last state of an LSTM. */
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
