package org.fovea.cli.gallery;

import java.util.List;
import java.util.Map;
import org.fovea.core.attention.RelativeAttention;
import org.fovea.core.attention.RelativePositions;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.SinusoidalPositions;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.Panels;

/** Ways in which attention knows where a token is. */
final class PositionExhibits {
    private PositionExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "positions",
                        "Sinusoidal positions",
                        "Attention does not know the order of its tokens, so each gets sines and cosines of its position added, from"
                                + " fast to slow waves. Left the numbers themselves; right the product of every two positions,"
                                + " which falls with their distance and not with where they are.",
                        List.of(Paper.arxiv("Vaswani et al. 2017, section 3.5", "1706.03762")),
                        List.of(SinusoidalPositions.class),
                        PositionExhibits::sinusoids),
                new Exhibit(
                        "relative",
                        "Relative positions",
                        "A learned vector for each distance between two tokens is added to the keys, so that a head can ask for"
                                + " \"the word before me\" wherever it stands. Two heads' worth: one set to look at the"
                                + " word before, one at its neighborhood.",
                        List.of(Paper.arxiv("Shaw et al. 2018", "1803.02155")),
                        List.of(RelativeAttention.class, RelativePositions.class),
                        PositionExhibits::relative));
    }

    private static RgbImage sinusoids(Studio studio) {
        int tokens = 64;
        int width = 64;
        Sketch sketch = studio.sketch();
        Value table =
                new SinusoidalPositions(tokens, width).build(sketch.scope().graph());
        Value read = sketch.given(new float[tokens * width], 1, tokens, width).add(table);
        Map<String, Tensor> out = sketch.show("table", read.reshape(tokens, width))
                .show("products", read.matmul(read, false, true).reshape(tokens, tokens))
                .run();
        return Panels.inColumns(2)
                .with(
                        "64 positions, 64 channels",
                        AlignmentMatrix.of(out.get("table"), List.of(), List.of())
                                .withAxes("position", "channel")
                                .draw())
                .with(
                        "product of two positions",
                        AlignmentMatrix.of(out.get("products"), List.of(), List.of())
                                .withAxes("position", "position")
                                .draw())
                .draw();
    }

    private static RgbImage relative(Studio studio) {
        return Panels.inColumns(2)
                .with("the word before", relative(studio, -1, 6))
                .with("the neighborhood", relative(studio, 0, 1.2))
                .draw();
    }

    /** Draws scores that decrease with the square of the difference between an offset and the wanted one. */
    private static RgbImage relative(Studio studio, int wanted, double sharpness) {
        List<String> words = List.of("she", "saw", "the", "dog", "with", "the", "telescope");
        int n = words.size();
        RelativePositions positions = new RelativePositions(3);
        float[] table = new float[positions.rows()];
        for (int row = 0; row < table.length; row++) {
            table[row] = (float) (-sharpness * Math.pow(row - positions.reach() - wanted, 2) / 2);
        }
        Sketch sketch = studio.sketch()
                .weight("query.weight", 0)
                .weight("query.bias", 1)
                .weight("key.weight", 0)
                .weight("value.weight", 1)
                .weight("output.weight", 1)
                .weight("key_positions", table);
        AttentionOutput read = new RelativeAttention(1, positions, RelativeAttention.Tables.KEYS)
                .build(sketch.scope(), sketch.given(Weights.all(n, 1), 1, n, 1));
        Tensor weights = sketch.show("weights", read.weights()).run().get("weights");
        return AlignmentMatrix.of(weights.reshape(n, n), words, words)
                .withAxes("asks", "is read")
                .withRange(0, 1)
                .draw();
    }
}
