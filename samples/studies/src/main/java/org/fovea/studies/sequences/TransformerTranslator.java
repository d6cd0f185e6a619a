package org.fovea.studies.sequences;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.EncoderDecoder;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;

/**
 * A small Transformer with sinusoidal positions.
 *
 * @param width of its tokens
 * @param heads of each attention
 * @param depth blocks of encoder and decoder
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>
 */
record TransformerTranslator(int width, int heads, int depth) implements Translator {
    @Override
    public String name() {
        return "Transformer";
    }

    @Override
    public Scores build(Scope scope, int words, Value question, Value seen, Value before) {
        int batch = question.shape().dim(0);
        int places = question.shape().dim(1);
        TokenEmbedding embedding = new TokenEmbedding(words, width);
        EncoderDecoder model = new EncoderDecoder(heads, 2 * width, depth, NormPlacement.BEFORE);
        Value mask = Masks.seen(seen).reshape(batch, 1, 1, places);
        Value read = embedding.positioned(scope.child("words"), question);
        Value memory = model.encode(scope, read, mask);
        Value said = embedding.positioned(scope.child("words"), before);
        AttentionOutput out = model.decode(scope, said, memory, mask);
        Value last = out.weights((depth - 1) + ".cross"); // [B, heads, T, S]
        return new Scores(new LinearLayer(words, true).build(scope.child("head"), out.values()), last.mean(false, 1));
    }
}
