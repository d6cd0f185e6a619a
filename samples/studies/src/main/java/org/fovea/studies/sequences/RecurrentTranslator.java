package org.fovea.studies.sequences;

import org.fovea.core.attention.AdditiveAttention;
import org.fovea.core.attention.Alignment;
import org.fovea.core.attention.AttentionDecoder;
import org.fovea.core.attention.LuongAttention;
import org.fovea.core.attention.Score;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.GruCell;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Recurrence;
import org.fovea.core.nn.Recurrence.Direction;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;

/**
 * Gated recurrent encoder (both directions) and decoder with attention between: additive attention looked up before each
 * step, or Luong's after each step.
 *
 * @param width of embeddings and of each state
 * @param luong the score, or null for additive attention
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al. 2015</a>
 * @see <a href="https://arxiv.org/abs/1508.04025">Luong et al. 2015</a>
 */
record RecurrentTranslator(String name, int width, Score luong) implements Translator {
    static RecurrentTranslator additive(int width) {
        return new RecurrentTranslator("recurrent, additive attention", width, null);
    }

    static RecurrentTranslator luong(int width, String name, Score score) {
        return new RecurrentTranslator("recurrent, Luong's " + name, width, score);
    }

    @Override
    public Scores build(Scope scope, int words, Value question, Value seen, Value before) {
        int batch = question.shape().dim(0);
        int places = question.shape().dim(1);
        TokenEmbedding embedding = new TokenEmbedding(words, width);
        Value read = embedding.build(scope.child("words"), question); // [B, S, width]
        Value memory = new Recurrence(new GruCell(width), Direction.BOTH)
                .build(scope.child("encoder"), read, seen)
                .outputs(); // [B, S, 2·width]
        Value mask = Masks.seen(seen).reshape(batch, 1, places);
        Value said = embedding.build(scope.child("words"), before); // [B, T, width]
        Value[] state = luong == null
                ? lookBefore(scope.child("decoder"), said, memory, mask)
                : lookAfter(scope.child("decoder"), said, memory, mask);
        return new Scores(new LinearLayer(words, true).build(scope.child("head"), state[0]), state[1]);
    }

    private Value[] lookBefore(Scope scope, Value said, Value memory, Value mask) {
        GruCell cell = new GruCell(width);
        AttentionDecoder decoder = new AttentionDecoder(cell, new AdditiveAttention(width));
        AttentionDecoder.Result result = decoder.build(
                scope, said, memory, cell.start(scope.graph(), said.shape().dim(0)), mask);
        return new Value[] {result.states().concat(2, result.contexts()), result.weights()};
    }

    private Value[] lookAfter(Scope scope, Value said, Value memory, Value mask) {
        Value states = new Recurrence(new GruCell(2 * width), Direction.FORWARD)
                .build(scope.child("states"), said)
                .outputs(); // [B, T, 2·width]
        LuongAttention attention = new LuongAttention(luong, new Alignment.Global());
        AttentionOutput read = attention.build(scope.child("attention"), states, memory, mask);
        Value combined = attention.combine(scope.child("attention"), read.values(), states, 2 * width);
        return new Value[] {combined, read.weights()};
    }
}
