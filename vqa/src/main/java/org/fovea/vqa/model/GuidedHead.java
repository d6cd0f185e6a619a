package org.fovea.vqa.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.generate.MemoryDecoder;
import org.fovea.core.generate.StepInputs;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.KeyValueCache;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.PlaceWaves;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TextDecoder;
import org.fovea.core.nn.TextDecoder.Decoded;
import org.fovea.core.tensor.Tensor;

/**
 * {@link AnswerHead#TRANSFORMER}.
 *
 * @param depth number of blocks
 * @param heads heads of each attention
 */
record GuidedHead(int depth, int heads) implements ReadingHead {
    private static final String CROSS_ATTENTIONS = "cross_attentions.";
    private static final int EXPANSION = 4;
    private static final double EPSILON = 1e-5;
    private static final double AMPLITUDE =
            1.5; // of places that vary by about 1; with the encoder's own 0.5 they are not compared

    @Override
    public Result build(Scope top, AskedRows asked) {
        Scope scope = top.child(AskedRows.READER);
        Graph graph = top.graph();
        Value places = placed(graph, asked);
        Value ids = asked.ids(graph);
        Value seen = asked.mask(graph);
        TextDecoder reader = reader(asked);
        Value x = reader.embed(scope, ids, StepInputs.range(graph, asked.words()));
        Decoded out = reader.decode(scope, x, Masks.keys(seen), KeyValueCache.NONE, reader.prepare(scope, places));
        Value shown = seen.reshape(asked.rows(), asked.words(), 1);
        Value mean = out.values().multiply(shown).sum(false, 1).divide(shown.sum(false, 1)); // [rows, width]
        return new Result(mean, scores -> outputs(out.blocks()), () -> attention(out.blocks()));
    }

    /**
     * Adds position encodings to the image tokens once more, with a larger amplitude, so that words learn to compare the
     * positions of objects.
     */
    private static Value placed(Graph graph, AskedRows asked) {
        Value places = asked.images().get(); // [images, M, E]
        Grid grid = asked.grid().get();
        Value waves = new PlaceWaves(grid.rows(), grid.columns(), places.shape().dim(2), AMPLITUDE).build(graph);
        return places.add(waves.pad(1, places.shape().dim(1) - grid.places(), 0)); // the grid's positions come last
    }

    private static Map<String, Value> outputs(List<AttentionOutput> blocks) {
        Map<String, Value> out = new LinkedHashMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            out.put(CROSS_ATTENTIONS + i, blocks.get(i).weights(MemoryDecoder.CROSS));
        }
        return out;
    }

    /**
     * Attention weights of all blocks except the first, in which the words have not exchanged positions yet; means over the
     * heads.
     */
    private static List<Value> attention(List<AttentionOutput> blocks) {
        return blocks.stream()
                .skip(1)
                .map(block -> block.weights(MemoryDecoder.CROSS).mean(false, 1)) // [rows, T, M]
                .toList();
    }

    private TextDecoder reader(AskedRows asked) {
        return new TextDecoder(
                asked.vocabulary(),
                asked.positions(),
                asked.width(),
                depth,
                heads,
                new Mlp(EXPANSION * asked.width(), Activation.GELU),
                EPSILON,
                NormPlacement.BEFORE,
                false,
                true,
                TextDecoder.Head.TIED);
    }

    @Override
    public Map<String, Tensor> firstValues(int vocabulary, int width, long seed) {
        return Map.of();
    }

    /** {@inheritDoc} The map is the attention of the words to the image. */
    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        List<Double> equal = Collections.nCopies(words, 1.0 / words);
        return new CrossAttentionMaps(CROSS_ATTENTIONS, depth, heads).gaze(outputs, equal, grid);
    }
}
