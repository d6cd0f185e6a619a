package org.fovea.cli.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.fovea.core.attention.AttentionRollout;
import org.fovea.core.attention.GlobalLocalAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/** Attention between the patches of an image by dot products. */
final class PatchExhibits {
    private static final Likeness COLOR = new Likeness(60, 4, 0, 0);
    private static final Likeness NEAR = new Likeness(0, 0, 30, 30);
    private static final Likeness ROW = new Likeness(0, 0, 0, 120);
    private static final Likeness BOTH = new Likeness(40, 4, 12, 12);

    private PatchExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "multi-head",
                        "Scaled dot-product attention in several heads",
                        "Each token asks all others at once, scores them by a dot product, and reads their mean weighted by a"
                                + " softmax of the scores; heads do so side by side, each with a view of its own. Four heads of"
                                + " the patch outlined in white: set to like its color, its place, its row, and color and"
                                + " place together.",
                        List.of(Paper.arxiv("Vaswani et al. 2017", "1706.03762")),
                        List.of(MultiHeadSelfAttention.class, ScaledDotProduct.class),
                        PatchExhibits::heads),
                new Exhibit(
                        "cross-attention",
                        "Attention from one image to another",
                        "Queries come from one sequence, keys and values from another, so that one is read with the eyes of the"
                                + " other. A patch of the rolling ball in the first picture finds it again in a later one, by"
                                + " its color.",
                        List.of(Paper.arxiv("Vaswani et al. 2017, section 3.2.3", "1706.03762")),
                        List.of(MultiHeadAttention.class),
                        PatchExhibits::cross),
                new Exhibit(
                        "rollout",
                        "Attention rollout",
                        "Multiplies the attention of all layers, the residual connections counted as attention to oneself, to"
                                + " say how much of each input is in each output. The first two layers spread what"
                                + " a patch knows to its neighbors, the third looks for its color; the rollout shows the three"
                                + " together, its share in itself cut.",
                        List.of(Paper.arxiv("Abnar and Zuidema 2020", "2005.00928")),
                        List.of(AttentionRollout.class),
                        PatchExhibits::rollout),
                new Exhibit(
                        "global-local",
                        "Local windows and global tokens",
                        "Most tokens see only so many neighbors in the sequence; a few global ones see all and are seen by all,"
                                + " so that cost grows with the length and not with its square. The picture is read line by"
                                + " line: a patch sees a stretch of its own and the next lines, the global token the whole.",
                        List.of(Paper.arxiv("Beltagy et al. 2020, Longformer", "2004.05150")),
                        List.of(GlobalLocalAttention.class),
                        PatchExhibits::globalLocal));
    }

    /** Draws the row of weights {@code [.., N, N]} of one query. */
    static RgbImage row(Studio studio, float[] weights, int head, int query) {
        PatchTokens patches = studio.patches();
        int n = patches.count();
        return map(studio.photo(), patches, patches.grid(weights, (head * n + query) * n), Optional.of(query));
    }

    /** Draws weights over the picture, with the query marked. */
    static RgbImage map(RgbImage photo, PatchTokens patches, Tensor grid, Optional<Integer> query) {
        return map(photo, patches, grid, query, largest(grid));
    }

    /** Draws weights like the other method with a given upper end of the scale, so that maps can be compared. */
    static RgbImage map(RgbImage photo, PatchTokens patches, Tensor grid, Optional<Integer> query, double most) {
        HeatMap map = HeatMap.of(grid).withOpacity(0.6).withRange(0, most);
        HeatMap marked = query.map(q -> map.withMark(q / patches.columns(), q % patches.columns(), 1, 1))
                .orElse(map);
        return map.bar().beside(marked.drawOn(photo));
    }

    /** Largest weight of a grid. */
    static double largest(Tensor grid) {
        float most = 0;
        for (float weight : grid.toFloats()) {
            most = Math.max(most, weight);
        }
        return most;
    }

    /** Runs a block on the tokens of the still picture. */
    static Map<String, Tensor> overTokens(
            Studio studio, Function<Value, AttentionOutput> block, Sketch sketch, int width) {
        PatchTokens patches = studio.patches();
        AttentionOutput read = block.apply(sketch.given(patches.tokens(width), 1, patches.count(), width));
        return sketch.show("weights", read.weights()).run();
    }

    private static RgbImage heads(Studio studio) {
        int width = 40;
        Sketch sketch = studio.sketch()
                .weight("qkv.weight", Likeness.qkv(width, COLOR, NEAR, ROW, BOTH))
                .weight("output.weight", Weights.identity(width, width, 1));
        MultiHeadSelfAttention block = new MultiHeadSelfAttention(4, true);
        float[] weights = overTokens(studio, x -> block.build(sketch.scope(), x), sketch, width)
                .get("weights")
                .toFloats();
        int query = studio.patches().at(Scene.Ball.BIG_RED.place(Studio.STILL));
        String[] names = {"head 1: color", "head 2: place", "head 3: row", "head 4: color and place"};
        Panels panels = Panels.inColumns(2);
        for (int head = 0; head < names.length; head++) {
            panels = panels.with(names[head], row(studio, weights, head, query));
        }
        return panels.draw();
    }

    private static RgbImage cross(Studio studio) {
        int width = PatchTokens.WIDTH;
        RgbImage early = studio.at(0);
        PatchTokens from = PatchTokens.of(early, Studio.PATCH);
        PatchTokens to = studio.patches();
        Sketch sketch = studio.sketch()
                .weight("query.weight", Likeness.query(width, COLOR))
                .weight("key.weight", Likeness.key(width, COLOR))
                .weight("value.weight", Weights.identity(width, width, 1))
                .weight("output.weight", Weights.identity(width, width, 1));
        AttentionOutput read = new MultiHeadAttention(1, true)
                .build(
                        sketch.scope(),
                        sketch.given(from.tokens(width), 1, from.count(), width),
                        sketch.given(to.tokens(width), 1, to.count(), width));
        float[] weights =
                sketch.show("weights", read.weights()).run().get("weights").toFloats();
        int query = from.at(Scene.Ball.YELLOW.place(0));
        float[][] none = new float[from.rows()][from.columns()];
        RgbImage asked = HeatMap.of(none)
                .withOpacity(0)
                .withMark(query / from.columns(), query % from.columns(), 1, 1)
                .drawOn(early);
        return Panels.inColumns(2)
                .with("the patch that asks", asked)
                .with(
                        "where it looks, later",
                        map(studio.photo(), to, to.grid(weights, query * to.count()), Optional.empty()))
                .draw();
    }

    private static RgbImage rollout(Studio studio) {
        int width = PatchTokens.WIDTH;
        PatchTokens patches = studio.patches();
        Sketch sketch = studio.sketch().weight("output.weight", Weights.identity(width, width, 1));
        Likeness[] layers = {NEAR, NEAR, COLOR};
        Value x = sketch.given(patches.tokens(width), 1, patches.count(), width);
        List<Value> attentions = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
            Scope at = sketch.scope().child("layer", i);
            sketch.weight(at.name("qkv.weight"), Likeness.qkv(width, layers[i]));
            AttentionOutput read = new MultiHeadSelfAttention(1, true).build(at, x);
            attentions.add(read.weights());
        }
        sketch.show("rollout", AttentionRollout.build(attentions));
        sketch.show("near", attentions.get(0)).show("color", attentions.get(2));
        Map<String, Tensor> out = sketch.run();
        int query = patches.at(Scene.Ball.SMALL_RED.place(Studio.STILL));
        return Panels.inColumns(3)
                .with("layers 1 and 2", row(studio, out.get("near").toFloats(), 0, query))
                .with("layer 3", row(studio, out.get("color").toFloats(), 0, query))
                .with(
                        "all layers: rollout",
                        row(studio, withoutSelf(out.get("rollout").toFloats(), query), 0, query))
                .draw();
    }

    /** Weights of a query in which the weight of itself, much larger than all others, is lowered to the second largest. */
    private static float[] withoutSelf(float[] weights, int query) {
        int n = (int) Math.round(Math.sqrt(weights.length));
        float most = 0;
        for (int i = 0; i < n; i++) {
            most = i == query ? most : Math.max(most, weights[query * n + i]);
        }
        weights[query * n + query] = most;
        return weights;
    }

    private static RgbImage globalLocal(Studio studio) {
        int width = PatchTokens.WIDTH;
        PatchTokens patches = studio.patches();
        int reach = 40;
        Likeness weak = new Likeness(6, 0, 0, 0);
        Sketch sketch = studio.sketch()
                .weight("query.weight", Likeness.query(width, weak))
                .weight("key.weight", Likeness.key(width, weak))
                .weight("value.weight", Weights.identity(width, width, 1))
                .weight("output.weight", Weights.identity(width, width, 1))
                .weight("global_query.weight", Likeness.query(width, COLOR))
                .weight("global_key.weight", Likeness.key(width, COLOR))
                .weight("global_value.weight", Weights.identity(width, width, 1));
        int asked = patches.at(Scene.Ball.BLUE.place(Studio.STILL));
        float[] tokens = patches.tokens(width);
        float[] first = Arrays.copyOfRange(tokens, asked * width, (asked + 1) * width);
        int n = patches.count();
        AttentionOutput read = new GlobalLocalAttention(1, reach, 1)
                .build(sketch.scope(), sketch.given(Weights.joined(first, tokens), 1, n + 1, width));
        Map<String, Tensor> out = sketch.show("local", read.weights("local"))
                .show("global", read.weights("global"))
                .run();
        float[] local = out.get("local").toFloats();
        int keys = 1 + 3 * reach;
        float[] line = new float[n];
        for (int key = 1; key < keys; key++) {
            int token = (asked / reach - 1) * reach + key - 1;
            if (token >= 0 && token < n) {
                line[token] = local[asked * keys + key];
            }
        }
        return Panels.inColumns(2)
                .with(
                        "a patch: its stretch of the lines",
                        map(studio.photo(), patches, patches.grid(line, 0), Optional.of(asked)))
                .with(
                        "the global token, asking for blue",
                        map(
                                studio.photo(),
                                patches,
                                patches.grid(out.get("global").toFloats(), 1),
                                Optional.empty()))
                .draw();
    }
}
