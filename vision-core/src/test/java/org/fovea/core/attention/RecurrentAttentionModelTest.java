package org.fovea.core.attention;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class RecurrentAttentionModelTest extends BlockContract {
    private static final GlimpseNetwork GLIMPSE = new GlimpseNetwork(new GlimpseSensor(2, 2, 2), 4, 5);
    private static final double[] START = {0.13, -0.42, 0.31, 0.56};

    /** Noise so large that every later point is a corner, whatever the weights: the choice hides no derivative then. */
    private static final double[] CORNERS = {50, 50, -50, 50, -50, -50, 50, -50};

    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "3 glimpses at given points",
                        g -> g.output(model(0.1).buildAt(g.scope(), g.normal(2, 1, 6, 7), g.given(points(), 2, 3, 2)))),
                new BlockCase("3 glimpses, the later ones in corners", g -> {
                    RecurrentAttentionModel.Result result = model(1).build(
                                    g.scope(), g.normal(2, 1, 6, 7), g.given(START, 2, 2), g.fixed(CORNERS, 2, 2, 2));
                    g.output(result.logits());
                    g.constantOutput(result.predictions());
                    g.constantOutput(result.points());
                }));
    }

    private static RecurrentAttentionModel model(double deviation) {
        return new RecurrentAttentionModel(GLIMPSE, 6, 3, deviation, 4);
    }

    private static double[] points() {
        return new double[] {0.13, -0.42, -0.27, 0.66, 0.91, 0.04, 0.31, 0.56, -0.83, -0.07, 0.48, -0.61};
    }

    /**
     * Two glimpses of a pixel of 0 to 8: at (0, 0), 4, and at (1/3 + 0.5·2/3, 0), 5. g = 3 and 7.5, h = 3 + 0.5 and 7.5 + 2·3.5 +
     * 0.5.
     */
    @Test
    void valuesByHand() {
        Map<String, double[]> weights = new HashMap<>(Map.of(
                "glimpse.patch.weight", new double[] {0.5},
                "glimpse.patch.bias", new double[] {0},
                "glimpse.point.weight", new double[] {3, 0},
                "glimpse.point.bias", new double[] {1},
                "glimpse.what.weight", new double[] {1},
                "glimpse.what.bias", new double[] {0},
                "glimpse.where.weight", new double[] {2},
                "glimpse.where.bias", new double[] {-1}));
        weights.putAll(Map.of(
                "core.input.weight", new double[] {1},
                "core.input.bias", new double[] {0},
                "core.state.weight", new double[] {2},
                "core.state.bias", new double[] {0.5},
                "next.weight", new double[] {0, 0},
                "next.bias", new double[] {1 / 3.0, 0},
                "baseline.weight", new double[] {1},
                "baseline.bias", new double[] {0.25},
                "classes.weight", new double[] {2},
                "classes.bias", new double[] {1}));
        List<Tensor> out = BlockCheck.run(weights, g -> {
            RecurrentAttentionModel.Result result = new RecurrentAttentionModel(
                            new GlimpseNetwork(new GlimpseSensor(1, 1, 2), 1, 1), 1, 2, 0.5, 1)
                    .build(
                            g.scope(),
                            g.given(IntStream.range(0, 9).asDoubleStream().toArray(), 1, 1, 3, 3),
                            g.given(new double[] {0, 0}, 1, 2),
                            g.given(new double[] {2 / 3.0, 0}, 1, 1, 2));
            g.output(result.logits());
            g.output(result.points());
            g.output(result.logProbabilities());
            g.output(result.predictions());
        });
        Tensors.assertClose(new double[] {31}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {0, 0, 2 / 3.0, 0}, out.get(1), 1e-12);
        double log = -2 / 9.0 - 2 * Math.log(0.5 * Math.sqrt(2 * Math.PI));
        Tensors.assertClose(new double[] {log}, out.get(2), 1e-12);
        Tensors.assertClose(new double[] {3.75}, out.get(3), 1e-12);
    }

    @Test
    void lookingWhereItLookedGivesTheSameLogits() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value images = g.normal(2, 1, 6, 7);
            RecurrentAttentionModel.Result result =
                    model(0.1).build(g.scope(), images, g.given(START, 2, 2), g.normal(2, 2, 2));
            g.output(result.logits());
            g.output(model(0.1).buildAt(g.scope(), images, result.points()));
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    /** d log N(l; m, σ)/dm = noise/σ, and where to look next is no derivative of what was recognized. */
    @Test
    void derivativesOfChoicesReachTheMeansAlone() {
        double[] noise = {0.5, -1, 0.25, 2, -0.75, 1.5, 1, -2};
        List<Tensor> out = BlockCheck.outputs(g -> {
            RecurrentAttentionModel.Result result =
                    model(0.1).build(g.scope(), g.normal(2, 1, 6, 7), g.given(START, 2, 2), g.given(noise, 2, 2, 2));
            Value sum = result.logProbabilities().sum(false, 0, 1);
            Map<String, Value> weights = g.graph().parameters();
            List<String> names = List.of("next.bias", "core.input.weight", "glimpse.what.weight");
            Map<Value, Value> gradients = Gradients.of(
                    g.graph(), sum, names.stream().map(weights::get).toList());
            names.forEach(name -> output(g, gradients.get(weights.get(name))));
        });
        double[] sums = new double[2];
        IntStream.range(0, noise.length).forEach(i -> sums[i % 2] += noise[i] / 0.1);
        Tensors.assertClose(sums, out.get(0), 1e-9);
        Tensors.assertClose(new double[30], out.get(1), 0);
        Tensors.assertClose(new double[20], out.get(2), 0);
    }

    private static void output(CaseGraph g, Value value) {
        g.output(value.reshape((int) value.shape().size()));
    }

    @Test
    void wrongShapesAndSizesAreNamed() {
        BlockCheck.assertError("noise must be [2, 2, 2], got [2, 3, 2]", g -> model(1).build(
                        g.scope(), g.normal(2, 1, 6, 7), g.normal(2, 2), g.normal(2, 3, 2)));
        BlockCheck.assertError("points must be [2, 3, 2], got [2, 2]", g -> model(1).buildAt(
                        g.scope(), g.normal(2, 1, 6, 7), g.normal(2, 2)));
        BlockCheck.assertError(
                "glimpses must be at least 2, one to choose, got 1",
                g -> new RecurrentAttentionModel(GLIMPSE, 6, 1, 0.1, 4));
    }
}
