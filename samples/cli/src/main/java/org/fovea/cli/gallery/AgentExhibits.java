package org.fovea.cli.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fovea.core.attention.RecurrentAttentionNetwork;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.nn.ElmanCell;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/** An agent that remembers what it saw: at a junction it must turn as a sign at the start of the corridor said. */
final class AgentExhibits {
    private static final int SIDE = 5;
    private static final int STEPS = 4;
    private static final int PLACES = SIDE * SIDE;
    private static final List<String> ACTIONS = List.of("ahead", "left", "right");

    private AgentExhibits() {}

    /** Things that a place can show. */
    private enum Tile {
        RED(0.85f, 0.2f, 0.2f),
        BLUE(0.2f, 0.35f, 0.85f),
        JUNCTION(0.95f, 0.8f, 0.2f),
        BUSH(0.25f, 0.6f, 0.3f),
        FLOOR(0.78f, 0.76f, 0.72f);

        private final float[] color;

        Tile(float... color) {
            this.color = color;
        }
    }

    private static final int TILES = Tile.values().length;

    static List<Exhibit> all() {
        return List.of(new Exhibit(
                "ran",
                "A recurrent attention network remembers",
                "At each step an agent attends to the places of what it sees, then to all it saw before, and its state chooses what"
                        + " to do. A sign says where to turn: red left, blue right; at the yellow junction, three steps later,"
                        + " the agent looks back to the step that had the sign.",
                List.of(
                        Paper.arxiv("Mnih et al. 2014, for the agent", "1406.6247"),
                        Paper.arxiv("Bahdanau et al. 2015, for the attention", "1409.0473")),
                List.of(RecurrentAttentionNetwork.class),
                AgentExhibits::paint));
    }

    private static RgbImage paint(Studio studio) {
        return Panels.inColumns(1)
                .with("", story(studio, Tile.RED))
                .with("", story(studio, Tile.BLUE))
                .draw();
    }

    private static RgbImage story(Studio studio, Tile sign) {
        Tile[] shown = {sign, Tile.BUSH, Tile.BUSH, Tile.JUNCTION};
        int[] places = {6, 17, 3, 12};
        float[] frames = new float[STEPS * PLACES * TILES];
        for (int t = 0; t < STEPS; t++) {
            for (int i = 0; i < PLACES; i++) {
                Tile tile = i == places[t] ? shown[t] : Tile.FLOOR;
                frames[(t * PLACES + i) * TILES + tile.ordinal()] = 1;
            }
        }
        Sketch sketch = agent(studio);
        RecurrentAttentionNetwork.Result read = new RecurrentAttentionNetwork(
                        TILES,
                        new ElmanCell(2, ElmanCell.Function.TANH),
                        ACTIONS.size(),
                        RecurrentAttentionNetwork.Memory.ATTENDED)
                .build(sketch.scope(), sketch.given(frames, 1, STEPS, PLACES, TILES));
        sketch.show("actions", read.logits().softmax(-1));
        for (int t = 0; t < STEPS; t++) {
            sketch.show("places" + t, read.steps().get(t).placeWeights());
            String name = "memory" + t;
            read.steps().get(t).memoryWeights().ifPresent(weights -> sketch.show(name, weights));
        }
        Map<String, Tensor> out = sketch.run();
        Panels panels = Panels.inColumns(STEPS + 1);
        for (int t = 0; t < STEPS; t++) {
            panels = panels.with("step " + (t + 1) + " shows", tiles(frames, t));
        }
        panels = panels.with("looks back", memory(out));
        float[] actions = out.get("actions").toFloats();
        for (int t = 0; t < STEPS; t++) {
            HeatMap map = HeatMap.of(out.get("places" + t).reshape(SIDE, SIDE))
                    .withRange(0, 1)
                    .withOpacity(0.8)
                    .withSharpCells();
            panels = panels.with("looks, then goes " + action(actions, t), map.drawOn(tiles(frames, t)));
        }
        return panels.draw();
    }

    private static String action(float[] actions, int step) {
        int best = Likeliest.of(actions, step * ACTIONS.size(), ACTIONS.size());
        return String.format(Locale.ROOT, "%s (%.2f)", ACTIONS.get(best), actions[step * ACTIONS.size() + best]);
    }

    /** Draws the attention of each step to the steps before it, row by row. */
    private static RgbImage memory(Map<String, Tensor> out) {
        float[][] rows = new float[STEPS - 1][STEPS - 1];
        List<String> asking = new ArrayList<>();
        List<String> earlier = new ArrayList<>();
        for (int t = 1; t < STEPS; t++) {
            float[] weights = out.get("memory" + t).toFloats();
            rows[t - 1] = Arrays.copyOf(weights, STEPS - 1);
            asking.add("at step " + (t + 1));
            earlier.add(Integer.toString(t));
        }
        return AlignmentMatrix.of(rows, asking, earlier)
                .withAxes("", "to step")
                .withRange(0, 1)
                .draw();
    }

    private static RgbImage tiles(float[] frames, int t) {
        float[] rgb = new float[3 * PLACES];
        for (int i = 0; i < PLACES; i++) {
            for (Tile tile : Tile.values()) {
                for (int c = 0; c < 3; c++) {
                    rgb[c * PLACES + i] += frames[(t * PLACES + i) * TILES + tile.ordinal()] * tile.color[c];
                }
            }
        }
        return Enlarged.of(Tensor.of(rgb, 1, 3, SIDE, SIDE), 180, 180);
    }

    /**
     * Agent that attends to everything except the floor; at the junction it attends to remembered signs, and turns if it is at
     * the junction and has seen a sign.
     */
    private static Sketch agent(Studio studio) {
        int state = 2;
        double s = 2.5;
        float[] salient = Weights.all(TILES, 6);
        salient[Tile.FLOOR.ordinal()] = 0;
        float[] atJunction = new float[TILES * (state + TILES)];
        float[] signs = new float[TILES * TILES];
        float[] units = new float[TILES];
        float[] core = new float[state * 2 * TILES]; // for current, then for remembered tiles
        for (int sign = 0; sign < 2; sign++) {
            atJunction[sign * (state + TILES) + state + Tile.JUNCTION.ordinal()] = (float) s;
            signs[sign * TILES + sign] = (float) s;
            units[sign] = 3;
            core[sign * 2 * TILES + Tile.JUNCTION.ordinal()] = 4;
            core[sign * 2 * TILES + TILES + sign] = 4;
        }
        return studio.sketch()
                .weight("places.query.weight", Weights.all(TILES * state, 0))
                .weight("places.keys.weight", Weights.identity(TILES, TILES, s))
                .weight("places.score.weight", salient)
                .weight("memory.query.weight", atJunction)
                .weight("memory.keys.weight", signs)
                .weight("memory.keys.bias", Weights.all(TILES, -1.5 * s))
                .weight("memory.score.weight", units)
                .weight("core.input.weight", core)
                .weight("core.input.bias", Weights.all(state, -6))
                .weight("core.state.weight", Weights.all(state * state, 0))
                .weight("policy.weight", 0, 0, 4, 0, 0, 4)
                .weight("baseline.weight", Weights.all(state, 0));
    }
}
