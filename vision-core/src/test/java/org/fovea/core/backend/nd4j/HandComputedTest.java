package org.fovea.core.backend.nd4j;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.graph.Attention;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.CrossEntropy;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.GridSample;
import org.fovea.core.graph.Pool2dGradient;
import org.fovea.core.graph.PoolKind;
import org.fovea.core.graph.PoolWindow;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.ScatterAdd;
import org.fovea.core.graph.UnaryKind;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Operations on numbers small enough to check by hand, at both precisions. */
class HandComputedTest {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    @Test
    void softmaxHidesMinusInfinityAndGivesZerosForARowOfIt() {
        double e = Math.E;
        check(
                g -> constant(g, new double[] {1, NONE, 0, NONE, NONE, NONE, 1000, 1000, NONE}, 3, 3)
                        .softmax(1),
                e / (e + 1),
                0,
                1 / (e + 1),
                0,
                0,
                0,
                0.5,
                0.5,
                0);
    }

    @Test
    void softplusAndSigmoidDoNotOverflow() {
        check(g -> constant(g, new double[] {-800, 0, 800}, 3).unary(UnaryKind.SOFTPLUS), 0, Math.log(2), 800);
        check(g -> constant(g, new double[] {-800, 0, 800}, 3).sigmoid(), 0, 0.5, 1);
    }

    /** Φ from the tables of the normal distribution; the other two by their formulas in 50 digits. */
    @Test
    void geluIsTheOneAskedFor() {
        double[] x = {-3, -1, 0, 0.5, 1, 2};
        check(
                g -> constant(g, x, 6).gelu(GeluKind.EXACT),
                -0.00404969409489031,
                -0.15865525393145707,
                0,
                0.34573123063700656,
                0.8413447460685429,
                1.9544997361036416);
        check(
                g -> constant(g, x, 6).gelu(GeluKind.TANH),
                -0.0036373920817729943,
                -0.15880800939172324,
                0,
                0.34571400982514394,
                0.8411919906082768,
                1.954597694087775);
        check(
                g -> constant(g, x, 6).gelu(GeluKind.QUICK),
                -0.01807130970778597,
                -0.1542042340671787,
                0,
                0.35038843660638014,
                0.8457957659328212,
                1.9356586231442083);
    }

    @Test
    void layerNormOfAConstantRowIsTheShift() {
        check(
                g -> constant(g, new double[] {7, 7, 7, 1, 2, 3}, 2, 3)
                        .layerNorm(
                                constant(g, new double[] {1, 2, 3}, 3), constant(g, new double[] {4, 5, 6}, 3), 0.25),
                4,
                5,
                6,
                4 - 1 / Math.sqrt(2 / 3.0 + 0.25),
                5,
                6 + 3 / Math.sqrt(2 / 3.0 + 0.25));
    }

    /** Weights of Keys' cubic with a = -0.75 a quarter of the way between pixels 1 and 2. */
    @Test
    void bicubicResizeWeighsFourPixels() {
        Resize2d twice = new Resize2d(ResizeKind.BICUBIC, 1, 8, false, false);
        check(
                g -> g.apply(twice, constant(g, new double[] {1, 10, 100, 1000}, 1, 1, 1, 4))
                        .slice(3, 3, 4),
                -0.10546875 + 8.7890625 + 26.171875 - 35.15625);
    }

    @Test
    void gridSampleAtThePixelCentersIsTheImage() {
        double[] image = IntStream.range(0, 6).asDoubleStream().toArray();
        double[] corners = {-1, -1, 0, -1, 1, -1, -1, 1, 0, 1, 1, 1};
        double[] edges = {-2 / 3.0, -0.5, 0, -0.5, 2 / 3.0, -0.5, -2 / 3.0, 0.5, 0, 0.5, 2 / 3.0, 0.5};
        for (GridPadding padding : GridPadding.values()) {
            check(g -> sample(g, padding, true, image, corners), image);
            check(g -> sample(g, padding, false, image, edges), image);
        }
        double[] outside = {-3, -0.5, -1, -0.5, 0, -1, 3, 0.5, 0, 9, 9, 9};
        check(g -> sample(g, GridPadding.BORDER, false, image, outside), 0, 0, 1, 5, 4, 5);
        check(g -> sample(g, GridPadding.ZEROS, false, image, outside), 0, 0, 0.5, 0, 0, 0);
    }

    private static Value sample(Graph g, GridPadding padding, boolean align, double[] image, double[] grid) {
        return g.apply(new GridSample(padding, align), constant(g, image, 1, 1, 2, 3), constant(g, grid, 1, 2, 3, 2));
    }

    @Test
    void convolutionIsCrossCorrelation() {
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        check(
                g -> constant(g, x, 1, 1, 3, 3)
                        .conv2d(
                                constant(g, new double[] {1, 2, 3, 4}, 1, 1, 2, 2),
                                constant(g, new double[] {0.5}, 1),
                                ConvWindow.of(1, 0)),
                37.5,
                47.5,
                67.5,
                77.5);
    }

    @Test
    void attentionToOneKeyIsItsValue() {
        check(
                g -> g.apply(
                        new Attention(0.3, false),
                        constant(g, new double[] {1, 2, 3, 4}, 1, 1, 2, 2),
                        constant(g, new double[] {5, 6}, 1, 1, 1, 2),
                        constant(g, new double[] {7, 8, 9}, 1, 1, 1, 3)),
                7,
                8,
                9,
                7,
                8,
                9);
    }

    @Test
    void poolingCountsImagePixelsAlone() {
        double[] x = {1, 2, 3, 4, -5, -6, -7, -8, -9};
        check(
                g -> constant(g, x, 1, 1, 3, 3).pool2d(PoolKind.AVERAGE, PoolWindow.of(2, 2, 1)),
                1,
                2.5,
                -1.5,
                (-5 - 6 - 8 - 9) / 4.0);
        check(
                g -> constant(g, new double[] {-1, -2, -3, -4}, 1, 1, 2, 2)
                        .pool2d(PoolKind.MAX, PoolWindow.of(2, 2, 1)),
                -1,
                -2,
                -3,
                -4);
    }

    @Test
    void maxPoolingSendsTheGradientToTheFirstOfEquals() {
        check(
                g -> g.apply(
                        new Pool2dGradient(PoolKind.MAX, PoolWindow.of(2, 2, 0)),
                        constant(g, new double[] {3, 5, 5, 5}, 1, 1, 2, 2),
                        constant(g, new double[] {7}, 1, 1, 1, 1)),
                0,
                7,
                0,
                0);
    }

    @Test
    void scatterAddAddsUpRepeatedIndices() {
        check(
                g -> g.apply(
                        new ScatterAdd(0, 3),
                        constant(g, new double[] {1, 2, 3, 4, 5, 6}, 3, 2),
                        g.constant(Tensor.of(new int[] {2, 0, 2}, 3))),
                3,
                4,
                0,
                0,
                6,
                8);
    }

    @Test
    void crossEntropyIsMinusTheLogProbabilityOfTheTarget() {
        check(
                g -> g.apply(
                        new CrossEntropy(),
                        constant(g, new double[] {0, Math.log(3), 1000, 0}, 2, 2),
                        constant(g, new double[] {0, 1, 1, 0}, 2, 2)),
                Math.log(4 / 3.0),
                0);
    }

    @Test
    void divisionByZeroIsInfinite() {
        check(
                g -> constant(g, new double[] {1, -1}, 2).divide(g.fill(0, 1)),
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
    }

    @Test
    void selectTakesNothingFromTheOtherBranch() {
        check(
                g -> constant(g, new double[] {0, 2}, 2)
                        .select(
                                constant(g, new double[] {Double.NaN, 1}, 2),
                                constant(g, new double[] {3, Double.NaN}, 2)),
                3,
                1);
    }

    @Test
    void dropoutKeepsAShareAndScalesIt() {
        int n = 10_000;
        double[] first = run(g -> dropout(g, n, 5), Precision.F64).toDoubles();
        double[] again = run(g -> dropout(g, n, 5), Precision.F64).toDoubles();
        double[] other = run(g -> dropout(g, n, 6), Precision.F64).toDoubles();
        Assertions.assertArrayEquals(first, again);
        Assertions.assertFalse(java.util.Arrays.equals(first, other));
        double mean = java.util.Arrays.stream(first).average().orElseThrow();
        Assertions.assertEquals(1, mean, 0.03);
        Assertions.assertTrue(java.util.Arrays.stream(first).allMatch(v -> v == 0 || v == 1 / 0.75));
    }

    private static Value dropout(Graph g, int n, int seed) {
        return g.apply(new Dropout(0.25, 0), g.fill(1, n), g.constant(Tensor.of(new int[] {seed}, 1)));
    }

    @Test
    void sumsOfNothingAreZero() {
        check(g -> g.fill(1, 2, 0).sum(false, 1), 0, 0);
        check(g -> g.fill(1, 1, 0).matmul(g.fill(1, 0, 2)), 0, 0);
        check(g -> g.fill(1, 2, 0).linear(g.fill(1, 2, 0), constant(g, new double[] {3, 4}, 2)), 3, 4, 3, 4);
        check(g -> g.fill(1, 0).pad(0, 1, 1), 0, 0);
        check(g -> g.fill(1, 0).concat(0, constant(g, new double[] {5}, 1), g.fill(1, 0)), 5);
        check(
                g -> g.fill(1, 2, 0, 1, 2)
                        .conv2d(g.fill(1, 2, 0, 1, 1), constant(g, new double[] {3, 4}, 2), ConvWindow.of(1, 0)),
                3,
                3,
                4,
                4,
                3,
                3,
                4,
                4);
    }

    @Test
    void nothingComesOfNothing() {
        check(g -> g.fill(1, 0, 3).add(g.fill(1, 3)).softmax(1).layerNorm(g.fill(1, 3), g.fill(0, 3), 1));
        check(g -> g.fill(1, 0, 3).linear(g.fill(1, 2, 3)));
        check(g -> g.fill(1, 2, 0).permute(1, 0).slice(0, 0, 0).reshape(0, 5));
        check(g -> g.fill(1, 5, 3).gather(0, g.constant(Tensor.of(new int[0], 0))));
        check(g -> g.fill(1, 0, 1, 4, 4).pool2d(PoolKind.MAX, PoolWindow.of(2, 2, 0)));
        check(g -> g.fill(1, 0).broadcast(Shape.of(2, 0)));
    }

    private static void check(Function<Graph, Value> build, double... expected) {
        Tensors.assertClose(expected, run(build, Precision.F64), 1e-12);
        Tensors.assertClose(expected, run(build, Precision.F32), 1e-6);
    }

    private static Tensor run(Function<Graph, Value> build, Precision precision) {
        Graph graph = new Graph();
        graph.output("y", build.apply(graph));
        try (Program program = new Nd4jBackend().compile(graph, CaseGraph.source(Map.of()), precision)) {
            return program.run(Map.of()).get("y");
        }
    }

    private static Value constant(Graph graph, double[] values, int... sizes) {
        return graph.constant(Tensor.of(values, sizes));
    }
}
