package org.fovea.captioning.model;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.generate.StepInputs;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.KeyValueCache;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.TextDecoder.Decoded;
import org.fovea.core.nn.VisionEncoder;

/**
 * A captioner whose decoder reads the image's tokens before the words: GIT. The image sees the image, a word the image and the
 * words up to itself; a linear map {@code projection} and a norm {@code projection_norm} lead from the encoder's width to the
 * decoder's.
 *
 * @param text decoder without cross-attention
 * @param projectionEpsilon epsilon of the norm after the projection
 * @param names names of intermediates
 * @see <a href="https://arxiv.org/abs/2205.14100">Wang et al. 2022, figure 2</a>
 */
public record PrefixCaptioner(VisionEncoder encoder, double projectionEpsilon, TextDecoder text, OutputNames names)
        implements CaptionerModel {

    /** Checks the decoder. */
    public PrefixCaptioner {
        Check.that(!text.crossAttention(), "PrefixCaptioner: text", "attend to itself alone", text);
    }

    @Override
    public String describeDecoder() {
        return text.describe() + ", which reads the image before the words";
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
    public int leading() {
        return memoryTokens();
    }

    @Override
    public List<String> caches() {
        return text.cacheNames(Scope.of(new Graph()).child(TEXT));
    }

    /** Image tokens projected for the decoder, {@code [B, M, width]}. */
    private Value image(Graph graph, int batch) {
        Scope top = Scope.of(graph);
        Value seen = encoder.build(top.child(VISION), pixels(graph, batch)).values(); // [B, M, E]
        Value mapped = new LinearLayer(text.width(), true)
                .build(top.child("projection").enter(), seen);
        return new LayerNormLayer(projectionEpsilon).build(top.child("projection_norm"), mapped);
    }

    @Override
    public Graph look(int images, int capacity) {
        Graph graph = new Graph();
        Value image = image(graph, images);
        int memory = image.shape().dim(1);
        int slots = memory + capacity;
        Value places = StepInputs.range(graph, memory);
        Value mask = Masks.where(graph, memory, slots, (query, key) -> key < memory ? 1 : 0);
        text.decode(Scope.of(graph).child(TEXT), image, mask, KeyValueCache.of(slots, places), List.of());
        return graph;
    }

    @Override
    public Graph step(Step size) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph).child(TEXT);
        int memory = memoryTokens();
        StepInputs in = StepInputs.of(graph, size, memory + size.capacity());
        Value x = text.embed(scope, in.ids(), in.positions()); // [rows, T, width]
        Decoded out = text.decode(scope, x, in.mask(), in.cache(), List.of());
        graph.output(LOGITS, text.scores(scope, StepInputs.last(out.values()))); // [rows, vocabulary]
        if (size.attention()) {
            graph.output(ATTENTION, StepInputs.attention(out.blocks(), "", memory));
        }
        return graph;
    }

    @Override
    public Graph teacherForced(int batch, int tokens) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph).child(TEXT);
        Value image = image(graph, batch);
        int memory = image.shape().dim(1);
        int all = memory + tokens;
        Value ids = graph.indexInput(DECODER_IDS, batch, tokens);
        Value words = text.embed(scope, ids, StepInputs.range(graph, tokens));
        Value mask = Masks.where(graph, all, all, (query, key) -> key < memory || key <= query ? 1 : 0);
        Decoded out = text.decode(scope, image.concat(1, words), mask, KeyValueCache.NONE, List.of());
        for (int i = 0; i <= text.depth(); i++) {
            graph.output(names.hiddenStates() + "." + i, out.hiddenStates().get(i));
        }
        for (int i = 0; i < text.depth(); i++) {
            AttentionOutput block = out.blocks().get(i);
            graph.output(names.attentions() + "." + i, block.weights());
        }
        graph.output(LOGITS, text.scores(scope, out.values())); // [B, M + T, vocabulary]
        return graph;
    }
}
