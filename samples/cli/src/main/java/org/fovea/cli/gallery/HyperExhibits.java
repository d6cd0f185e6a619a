package org.fovea.cli.gallery;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.fovea.core.attention.HyperHyperNetwork;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.Panels;

/** A network that writes a network. */
final class HyperExhibits {
    private static final int SIDE = 40;
    private static final int FEATURES = 7;
    private static final int WIDTH = 8;
    private static final int ROWS = 4;
    private static final long SEED = 5;

    private HyperExhibits() {}

    static List<Exhibit> all() {
        return List.of(new Exhibit(
                "hyper",
                "A network that writes a network that writes a network",
                "Attention reads a condition, a second network comes of what it read, and that one writes the weights of a third for"
                        + " each instance. Nothing is learned here, weights are drawn by chance: each square is painted by a third"
                        + " network, color from place, rows being conditions and columns instances.",
                List.of(
                        Paper.arxiv("Lutati and Wolf 2021", "2105.03838"),
                        new Paper(
                                "Chang et al. 2020, for the variances", "https://openreview.net/forum?id=H1lma24tPB")),
                List.of(HyperHyperNetwork.class),
                HyperExhibits::paint));
    }

    private static RgbImage paint(Studio studio) {
        int conditions = 3;
        int instances = 4;
        Panels squares = Panels.inColumns(instances);
        float[][] read = new float[conditions][];
        for (int c = 0; c < conditions; c++) {
            for (int i = 0; i < instances; i++) {
                Map<String, Tensor> out = run(studio, c, i);
                read[c] = out.get("weights").toFloats();
                squares = squares.with("", Enlarged.of(out.get("image"), 140, 140));
            }
        }
        RgbImage attention = AlignmentMatrix.of(
                        read, List.of("condition 1", "condition 2", "condition 3"), List.of("a", "b", "c", "d"))
                .withAxes("", "row of the condition")
                .withRange(0, 1)
                .draw();
        return Panels.inColumns(2)
                .with("attention to the condition", attention)
                .with("what the third networks paint", squares.draw())
                .draw();
    }

    private static Map<String, Tensor> run(Studio studio, int condition, int instance) {
        HyperHyperNetwork block = new HyperHyperNetwork(4, 32, 24, 3);
        Sketch sketch = studio.sketch().drawn(block::initializer, SEED);
        AttentionOutput read = block.build(
                sketch.scope(),
                sketch.given(normal(ROWS * WIDTH, condition), 1, ROWS, WIDTH),
                sketch.given(normal(WIDTH, 100 + instance), 1, WIDTH),
                sketch.given(places(), 1, SIDE * SIDE, FEATURES));
        return sketch.show("weights", read.weights())
                .show(
                        "image",
                        read.values()
                                .sigmoid()
                                .reshape(SIDE, SIDE, 3)
                                .permute(2, 0, 1)
                                .reshape(1, 3, SIDE, SIDE))
                .run();
    }

    private static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) (2 * random.nextGaussian());
        }
        return out;
    }

    /** Inputs for each pixel: x, y, their sines and cosines, and 1. */
    private static float[] places() {
        float[] out = new float[SIDE * SIDE * FEATURES];
        for (int i = 0; i < SIDE * SIDE; i++) {
            double x = 2 * (i % SIDE + 0.5) / SIDE - 1;
            double y = 2 * ((double) (i / SIDE) + 0.5) / SIDE - 1;
            double[] features = {
                2 * x, 2 * y, Math.sin(4 * x), Math.sin(4 * y), Math.cos(6 * Math.hypot(x, y)), Math.sin(3 * (x + y)), 1
            };
            for (int f = 0; f < FEATURES; f++) {
                out[i * FEATURES + f] = (float) features[f];
            }
        }
        return out;
    }
}
