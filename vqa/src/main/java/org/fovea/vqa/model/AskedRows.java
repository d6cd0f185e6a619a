package org.fovea.vqa.model;

import java.util.function.Supplier;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LstmCell;
import org.fovea.core.nn.Recurrence;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;

/**
 * Questions with the places of their images, as a {@link ReadingHead} takes them. What it does not ask for is not in the graph.
 *
 * @param rows questions
 * @param words of each, T
 * @param vocabulary number of words that there are
 * @param positions the most words of a question
 * @param width of a word's vector and of what is read
 * @param places {@code [rows, M, E]}, those of the grid last; asked at most once
 * @param grid the places of an image
 */
record AskedRows(
        int rows, int words, int vocabulary, int positions, int width, Supplier<Value> places, Supplier<Grid> grid) {
    /** The scope of what reads the question. */
    static final String READER = "question";
    /** The scope of what looks at the places. */
    static final String ATTENTION = "attention";

    /** Indices of words {@code [rows, T]}. */
    Value ids(Graph graph) {
        return graph.indexInput(AnswererModel.QUESTION, rows, words);
    }

    /** {@code [rows, T]}, 1 for words and 0 for padding. */
    Value mask(Graph graph) {
        return graph.input(AnswererModel.QUESTION_MASK, rows, words);
    }

    /** Each question as one vector {@code [rows, width]}: the last state of an LSTM. */
    Value readInOrder(Scope top) {
        Scope scope = top.child(READER);
        Value x = new TokenEmbedding(vocabulary, width)
                .build(scope.child("words").enter(), ids(top.graph())); // [rows, T, width]
        return new Recurrence(new LstmCell(width), Recurrence.Direction.FORWARD)
                .build(scope.child("lstm"), x, mask(top.graph()))
                .last()
                .get(0)
                .output();
    }
}
