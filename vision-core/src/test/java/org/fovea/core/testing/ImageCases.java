package org.fovea.core.testing;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.graph.Conv2d;
import org.fovea.core.graph.Conv2dInputGradient;
import org.fovea.core.graph.Conv2dWeightGradient;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.GridSample;
import org.fovea.core.graph.GridSampleGradient;
import org.fovea.core.graph.Pool2d;
import org.fovea.core.graph.Pool2dGradient;
import org.fovea.core.graph.PoolKind;
import org.fovea.core.graph.PoolWindow;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.Resize2dGradient;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Grids;
import org.fovea.core.tensor.Shape;

/** Convolution, pooling, resizing and sampling. */
final class ImageCases {
    private ImageCases() {}

    static void addTo(OpCases cases) {
        conv(cases, ConvWindow.of(1, 0), new int[] {1, 1, 1, 1}, 1, 1, 1);
        conv(cases, ConvWindow.of(1, 1), new int[] {2, 3, 5, 4}, 4, 3, 3);
        conv(cases, ConvWindow.of(2, 1), new int[] {1, 2, 7, 6}, 3, 3, 3);
        conv(cases, ConvWindow.of(4, 0), new int[] {2, 3, 8, 8}, 5, 4, 4);
        conv(cases, ConvWindow.of(1, 0), new int[] {2, 17, 3, 3}, 33, 1, 1);
        conv(cases, ConvWindow.of(1, 1).grouped(2), new int[] {1, 4, 4, 4}, 6, 3, 3);
        conv(cases, ConvWindow.of(1, 1).grouped(4), new int[] {2, 4, 3, 5}, 4, 3, 3);
        conv(cases, ConvWindow.of(1, 2).dilated(2), new int[] {1, 2, 6, 6}, 2, 3, 3);
        conv(cases, new ConvWindow(2, 1, 0, 2, 1, 3, 1), new int[] {2, 2, 5, 4}, 3, 2, 2);
        conv(cases, new ConvWindow(3, 2, 1, 0, 2, 1, 2), new int[] {1, 2, 6, 4}, 2, 2, 3);
        conv(cases, ConvWindow.same(3, 2, 6, 4), new int[] {2, 3, 6, 4}, 4, 3, 3);
        conv(cases, ConvWindow.same(3, 2, 6, 5).grouped(17), new int[] {1, 17, 6, 5}, 17, 3, 3);
        conv(cases, new ConvWindow(1, 2, 0, 2, 3, 0, 1, 1, 1), new int[] {1, 2, 4, 5}, 3, 2, 3);
        pool(cases, PoolWindow.of(2, 2, 0), 1, 2, 4, 4);
        pool(cases, PoolWindow.of(3, 2, 1), 2, 3, 7, 6);
        pool(cases, PoolWindow.of(1, 1, 0), 1, 1, 1, 1);
        pool(cases, PoolWindow.of(3, 1, 1), 1, 2, 1, 17);
        pool(cases, new PoolWindow(2, 4, 1, 3, 1, 2), 1, 1, 5, 6);
        pool(cases, new PoolWindow(2, 2, 3, 3, 0, 0), 2, 1, 7, 6);
        for (int[] to : new int[][] {{3, 3}, {7, 2}, {1, 1}, {5, 4}, {17, 9}}) {
            resize(cases, new Resize2d(ResizeKind.NEAREST, to[0], to[1], false, false), 5, 4);
            for (ResizeKind kind : new ResizeKind[] {ResizeKind.BILINEAR, ResizeKind.BICUBIC}) {
                resize(cases, new Resize2d(kind, to[0], to[1], false, false), 5, 4);
                resize(cases, new Resize2d(kind, to[0], to[1], true, false), 5, 4);
                resize(cases, new Resize2d(kind, to[0], to[1], false, true), 5, 4);
            }
        }
        resize(cases, new Resize2d(ResizeKind.BICUBIC, 4, 3, false, false), 1, 1);
        resize(cases, new Resize2d(ResizeKind.BILINEAR, 4, 3, true, false), 1, 33);
        fused(cases);
        for (GridPadding padding : GridPadding.values()) {
            for (boolean align : new boolean[] {false, true}) {
                grid(cases, padding, align, new int[] {2, 3, 4, 5}, 3, 2);
                grid(cases, padding, align, new int[] {1, 1, 1, 1}, 1, 4);
                grid(cases, padding, align, new int[] {1, 2, 17, 2}, 5, 1);
            }
        }
    }

    private static void conv(OpCases cases, ConvWindow window, int[] x, int out, int height, int width) {
        int[] w = {out, x[1] / window.groups(), height, width};
        String name = Arrays.toString(x) + Arrays.toString(w) + " " + window;
        int[] y = result(window, x, w);
        cases.add(Conv2d.class, name, g -> g.output(g.normal(x).conv2d(g.normal(w), window)));
        cases.add(
                Conv2d.class, name + " biased", g -> g.output(g.normal(x).conv2d(g.normal(w), g.normal(out), window)));
        cases.add(
                Conv2dInputGradient.class,
                name,
                g -> g.output(g.graph().apply(new Conv2dInputGradient(window, Shape.of(x)), g.normal(w), g.normal(y))));
        cases.add(
                Conv2dWeightGradient.class,
                name,
                g -> g.output(
                        g.graph().apply(new Conv2dWeightGradient(window, Shape.of(w)), g.normal(x), g.normal(y))));
    }

    private static int[] result(ConvWindow window, int[] x, int[] w) {
        CaseGraph g = new CaseGraph(0);
        return g.normal(x).conv2d(g.normal(w), window).shape().toArray();
    }

    private static void pool(OpCases cases, PoolWindow window, int... x) {
        for (PoolKind kind : PoolKind.values()) {
            String name = kind + " " + Arrays.toString(x) + " " + window;
            cases.add(Pool2d.class, name, g -> g.output(g.distinct(x).pool2d(kind, window)));
            cases.add(Pool2dGradient.class, name, g -> {
                Value image = g.distinct(x);
                int[] y =
                        new CaseGraph(0).normal(x).pool2d(kind, window).shape().toArray();
                g.output(g.graph().apply(new Pool2dGradient(kind, window), image, g.normal(y)));
            });
        }
    }

    /** Operations that follow a convolution or a resizing of many channels in the same step. */
    private static void fused(OpCases cases) {
        ConvWindow same = ConvWindow.of(1, 1);
        cases.add(
                Conv2d.class,
                "depthwise, then GELU",
                g -> g.output(g.normal(2, 6, 5, 4)
                        .conv2d(g.normal(6, 1, 3, 3), g.normal(6), same.grouped(6))
                        .gelu(GeluKind.EXACT)));
        cases.add(
                Conv2d.class,
                "then ReLU, a sum and ReLU of that",
                g -> g.output(g.normal(2, 3, 5, 4)
                        .conv2d(g.normal(4, 3, 3, 3), same)
                        .relu()
                        .add(g.normal(2, 4, 5, 4))
                        .relu()));
        cases.add(Conv2d.class, "a sum that is used twice", g -> {
            Value sum = g.normal(1, 3, 5, 4).conv2d(g.normal(4, 3, 3, 3), same).add(g.normal(1, 4, 5, 4));
            g.output(sum.relu());
            g.output(sum);
        });
        for (int[] to : new int[][] {{5, 4}, {11, 9}, {3, 2}, {1, 1}}) {
            Resize2d op = new Resize2d(ResizeKind.BILINEAR, to[0], to[1], false, false);
            String size = to[0] + "x" + to[1];
            cases.add(
                    Resize2d.class,
                    "16 channels to " + size,
                    g -> g.output(g.graph().apply(op, g.normal(2, 16, 5, 4))));
            cases.add(Resize2d.class, "sums of tokens and resized tokens, then ReLU, " + size, g -> {
                Value own = Grids.image(g.normal(2, to[0] * to[1], 3).linear(g.normal(18, 3)), to[0], to[1]);
                Value sum = own;
                for (int i = 0; i < 2; i++) {
                    Value coarse = Grids.image(g.normal(2, 6, 3).linear(g.normal(18, 3)), 2, 3);
                    sum = sum.add(g.graph().apply(op, coarse));
                }
                g.output(Grids.tokens(sum.relu()).linear(g.normal(2, 18)));
            });
            cases.add(Resize2d.class, "a sum with what is used again, " + size, g -> {
                Value other = g.normal(1, 16, to[0], to[1]);
                Value computed = other.relu();
                Value resized = g.graph().apply(op, g.normal(1, 16, 3, 3));
                g.output(computed.add(resized));
                g.output(computed);
                g.output(other.add(g.graph().apply(op, g.normal(1, 16, 2, 2))).relu());
            });
        }
    }

    private static void resize(OpCases cases, Resize2d op, int height, int width) {
        String name = op + " of " + height + "x" + width;
        cases.add(Resize2d.class, name, g -> g.output(g.graph().apply(op, g.normal(2, 3, height, width))));
        cases.add(
                Resize2dGradient.class,
                name,
                g -> g.output(g.graph()
                        .apply(new Resize2dGradient(op, height, width), g.normal(2, 3, op.height(), op.width()))));
    }

    private static void grid(OpCases cases, GridPadding padding, boolean align, int[] x, int height, int width) {
        String name = Arrays.toString(x) + " at " + height + "x" + width + " " + padding + (align ? " corners" : "");
        cases.add(
                GridSample.class,
                name,
                g -> g.output(g.graph()
                        .apply(
                                new GridSample(padding, align),
                                g.normal(x),
                                g.given(points(g, x, height, width, align), x[0], height, width, 2))));
        cases.add(
                GridSampleGradient.class,
                name,
                g -> g.outputs(g.graph()
                        .add(
                                new GridSampleGradient(padding, align),
                                List.of(
                                        g.normal(x),
                                        g.given(points(g, x, height, width, align), x[0], height, width, 2),
                                        g.normal(x[0], x[1], height, width)))));
    }

    /** Grid points inside and somewhat outside the image, away from the lines where the derivative jumps. */
    private static double[] points(CaseGraph g, int[] x, int height, int width, boolean align) {
        double[] out = new double[x[0] * height * width * 2];
        for (int i = 0; i < out.length; i++) {
            int size = i % 2 == 0 ? x[3] : x[2];
            double pixel =
                    g.random().nextInt(size + 2) - 1.5 + 0.6 * (g.random().nextDouble() - 0.5);
            out[i] = align ? 2 * pixel / Math.max(1, size - 1) - 1 : (2 * pixel + 1) / size - 1;
        }
        return out;
    }
}
