package org.fovea.core.testing;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.graph.BatchNorm;
import org.fovea.core.graph.BatchNormGradient;
import org.fovea.core.graph.CrossEntropy;
import org.fovea.core.graph.GroupNorm;
import org.fovea.core.graph.GroupNormGradient;
import org.fovea.core.graph.LayerNorm;
import org.fovea.core.graph.LayerNormGradient;
import org.fovea.core.graph.LogSoftmax;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Softmax;
import org.fovea.core.graph.SoftmaxGradient;

/** Softmax, losses and normalizations. */
final class NormCases {
    private static final double EPSILON = 1e-3;

    private NormCases() {}

    static void addTo(OpCases cases) {
        softmax(cases, 0, 5);
        softmax(cases, 0, 1);
        softmax(cases, 1, 3, 33);
        softmax(cases, 0, 17, 2);
        softmax(cases, 1, 2, 3, 4);
        softmax(cases, 1, 2, 1, 4);
        softmax(cases, 3, 1, 2, 3, 4);
        cases.add(
                CrossEntropy.class,
                "[3, 5]",
                g -> g.output(g.graph().apply(new CrossEntropy(), g.normal(3, 5), g.uniform(0, 1, 3, 5))));
        cases.add(
                CrossEntropy.class,
                "[1, 1]",
                g -> g.output(g.graph().apply(new CrossEntropy(), g.normal(1, 1), g.uniform(0, 1, 1, 1))));
        cases.add(
                CrossEntropy.class,
                "[2, 33]",
                g -> g.output(g.graph().apply(new CrossEntropy(), g.normal(2, 33), g.uniform(0, 1, 2, 33))));
        layerNorm(cases, 5);
        layerNorm(cases, 1);
        layerNorm(cases, 4, 1);
        layerNorm(cases, 1, 4);
        layerNorm(cases, 2, 3, 65);
        batchNorm(cases, 4, 3);
        batchNorm(cases, 1, 3, 5);
        batchNorm(cases, 2, 1, 3, 3);
        batchNorm(cases, 3, 17, 2, 1);
        batchNorm(cases, 2, 4, 5, 7);
        groupNorm(cases, 1, 2, 3);
        groupNorm(cases, 2, 2, 4);
        groupNorm(cases, 4, 1, 4, 5);
        groupNorm(cases, 2, 3, 6, 2, 3);
        groupNorm(cases, 1, 1, 1, 1, 3);
    }

    private static void softmax(OpCases cases, int axis, int... shape) {
        String name = Arrays.toString(shape) + " axis " + axis;
        cases.add(Softmax.class, name, g -> g.output(g.normal(shape).softmax(axis)));
        cases.add(LogSoftmax.class, name, g -> g.output(g.normal(shape).logSoftmax(axis)));
        cases.add(
                SoftmaxGradient.class,
                name,
                g -> g.output(g.graph().apply(new SoftmaxGradient(axis), g.uniform(0, 1, shape), g.normal(shape))));
    }

    private static void layerNorm(OpCases cases, int... shape) {
        int c = shape[shape.length - 1];
        String name = Arrays.toString(shape);
        cases.add(LayerNorm.class, name, g -> g.output(g.normal(shape).layerNorm(g.normal(c), g.normal(c), EPSILON)));
        cases.add(
                LayerNormGradient.class,
                name,
                g -> g.outputs(g.graph()
                        .add(new LayerNormGradient(EPSILON), List.of(g.normal(shape), g.normal(c), g.normal(shape)))));
    }

    private static void batchNorm(OpCases cases, int... shape) {
        int c = shape[1];
        String name = Arrays.toString(shape);
        cases.add(BatchNorm.class, name, g -> {
            Node norm = g.graph().add(new BatchNorm(EPSILON), List.of(g.normal(shape), g.normal(c), g.normal(c)));
            g.output(norm.outputs().get(0));
            g.constantOutput(norm.outputs().get(1));
            g.constantOutput(norm.outputs().get(2));
        });
        cases.add(
                BatchNormGradient.class,
                name,
                g -> g.outputs(g.graph()
                        .add(
                                new BatchNormGradient(EPSILON),
                                List.of(
                                        g.normal(shape),
                                        g.normal(c),
                                        g.normal(c),
                                        g.uniform(0.5, 2, c),
                                        g.normal(shape)))));
    }

    private static void groupNorm(OpCases cases, int groups, int... shape) {
        int c = shape[1];
        String name = Arrays.toString(shape) + " in " + groups;
        cases.add(
                GroupNorm.class,
                name,
                g -> g.output(
                        g.graph().apply(new GroupNorm(groups, EPSILON), g.normal(shape), g.normal(c), g.normal(c))));
        cases.add(
                GroupNormGradient.class,
                name,
                g -> g.outputs(g.graph()
                        .add(
                                new GroupNormGradient(groups, EPSILON),
                                List.of(g.normal(shape), g.normal(c), g.normal(shape)))));
    }
}
