package org.fovea.captioning.model;

import java.util.List;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.generate.MemoryDecoder;
import org.fovea.core.generate.StepInputs;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.KeyValueCache;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.TextDecoder.Decoded;
import org.fovea.core.nn.VisionEncoder;

/**
 * A captioner whose decoder attends to the image in every block: BLIP, and encoder-decoders with GPT-2.
 *
 * @param projected whether a linear map {@code projection} brings the image's tokens to the decoder's width
 * @param text decoder with cross-attention
 * @param names names of intermediates
 * @see <a href="https://arxiv.org/abs/2201.12086">Li et al. 2022, figure 2</a>
 */
public record CrossAttentionCaptioner(VisionEncoder encoder, boolean projected, TextDecoder text, OutputNames names)
        implements TrainableCaptioner {
    /** Checks the decoder. */
    public CrossAttentionCaptioner {
        Check.that(text.crossAttention(), "CrossAttentionCaptioner: text", "attend to a memory", text);
    }

    @Override
    public CrossAttentionCaptioner withEncoder(VisionEncoder other) {
        return new CrossAttentionCaptioner(other, projected, text, names);
    }

    @Override
    public String describeDecoder() {
        return text.describe() + ", each block attending to the image";
    }

    @Override
    public int vocabulary() {
        return text.vocabulary();
    }

    @Override
    public int positions() {
        return text.positions();
    }

    @Override
    public List<String> caches() {
        return decoder(memoryTokens()).caches();
    }

    /**
     * Cross-attention memories of the decoder's blocks: projected keys and values of the image, {@code [B, M, 2·width]} each.
     */
    private List<Value> memories(Scope top, int batch, boolean named) {
        Graph graph = top.graph();
        Value seen = encoder.build(top.child(VISION), pixels(graph, batch)).values(); // [B, M, E]
        if (named) {
            graph.output(names.memory(), seen);
        }
        return prepare(top, seen);
    }

    private List<Value> prepare(Scope top, Value seen) {
        Value memory = projected
                ? new LinearLayer(text.width(), true)
                        .build(top.child("projection").enter(), seen)
                : seen;
        return text.prepare(top.child(TEXT), memory);
    }

    @Override
    public Graph look(int images, int capacity) {
        Graph graph = new Graph();
        List<Value> prepared = memories(Scope.of(graph), images, false);
        decoder(prepared.get(0).shape().dim(1)).keep(graph, prepared);
        return graph;
    }

    private MemoryDecoder decoder(int memory) {
        return new MemoryDecoder(text, TEXT, memory, false);
    }

    @Override
    public Graph step(Step size) {
        return decoder(memoryTokens()).step(size);
    }

    @Override
    public Graph teacherForced(int batch, int tokens) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph).child(TEXT);
        List<Value> memories = memories(Scope.of(graph), batch, true);
        Value ids = graph.indexInput(DECODER_IDS, batch, tokens);
        Value x = text.embed(scope, ids, StepInputs.range(graph, tokens));
        Decoded out = text.decode(scope, x, Masks.causal(graph, tokens), KeyValueCache.NONE, memories);
        for (int i = 0; i <= text.depth(); i++) {
            graph.output(names.hiddenStates() + "." + i, out.hiddenStates().get(i));
        }
        for (int i = 0; i < text.depth(); i++) {
            AttentionOutput block = out.blocks().get(i);
            graph.output(names.attentions() + "." + i, block.weights("self"));
            graph.output(OutputNames.CROSS_ATTENTIONS + "." + i, block.weights(MemoryDecoder.CROSS));
        }
        graph.output(LOGITS, text.scores(scope, out.values())); // [B, T, vocabulary]
        return graph;
    }

    @Override
    public Written write(Scope scope, int images, Value before, Chance chance) {
        Value seen = encoder.build(scope.child(VISION), pixels(scope.graph(), images))
                .values();
        return decode(scope, seen, before, chance);
    }

    /**
     * Adds the decoder over image tokens {@code [B, M, E]} and previous words {@code [rows, T]}: in one pass where all words
     * are given, step by step where some are the decoder's own.
     */
    Written decode(Scope scope, Value seen, Value before, Chance chance) {
        return chance.own().isEmpty()
                ? atOnce(scope, seen, before)
                : new UnrolledText(text, scope.child(TEXT), prepare(scope, seen)).write(before, chance);
    }

    private Written atOnce(Scope scope, Value seen, Value before) {
        int tokens = before.shape().dim(1);
        Graph graph = scope.graph();
        Scope at = scope.child(TEXT);
        List<Value> memories = prepare(scope, seen);
        Value x = scope.dropout(text.embed(at, before, StepInputs.range(graph, tokens))); // [rows, T, width]
        Decoded out = text.decode(at, x, Masks.causal(graph, tokens), KeyValueCache.NONE, memories);
        Value logits = text.scores(at, out.values());
        return new Written(logits, UnrolledText.looks(out), Optional.empty(), Optional.empty());
    }
}
