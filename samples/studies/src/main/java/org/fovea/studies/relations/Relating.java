package org.fovea.studies.relations;

import java.util.List;
import org.fovea.core.attention.RelationNetwork;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * A relation network over the places of the feature map, each with its coordinates.
 *
 * <p>Its g has four layers as in the paper; the first two see one object and the question, g(o_i, o_j, q) = g'(e(o_i, q), e(o_j, q),
 * q), so that what is done for each of the 625 pairs is little. The sum over pairs is divided by the number of places, so that
 * it is about as large as what each layer else gets.
 *
 * @param width of the layers that see single objects, and of f
 * @param pairWidth of the layers that see pairs
 */
record Relating(int width, int pairWidth) implements Answerer {
    @Override
    public String name() {
        return "relation network";
    }

    @Override
    public Value build(Scope scope, Value features, Value questions) {
        int batch = features.shape().dim(0);
        int channels = features.shape().dim(1);
        int side = features.shape().dim(2);
        int places = side * side;
        int asked = questions.shape().dim(1);
        Value objects = features.reshape(batch, channels, places)
                .permute(0, 2, 1)
                .concat(2, features.graph().constant(coordinates(batch, side))); // [B, places, C + 2]
        LinearLayer map = new LinearLayer(width, true);
        Value seen = map.build(scope.child("object"), objects).reshape(batch, 1, places, width);
        Value told = new LinearLayer(width, false)
                .build(scope.child("told"), questions)
                .reshape(batch, asked, 1, width);
        Value read = map.build(scope.child("read"), seen.add(told).relu()).relu(); // [B, M, places, width]
        Value sum = new RelationNetwork(List.of(pairWidth, pairWidth), List.of())
                .build(
                        scope,
                        read.reshape(batch * asked, places, width),
                        questions.reshape(batch * asked, Question.WIDTH));
        Value x = sum.reshape(batch, asked, pairWidth).affine(1.0 / places, 0);
        for (int i = 0; i < 2; i++) {
            x = map.build(scope.child("answer", i), x).relu();
        }
        return new LinearLayer(Question.ANSWERS, true).build(scope.child("answer", 2), x);
    }

    /** (x, y) of each place, -1 to 1: {@code [B, places, 2]}. */
    private static Tensor coordinates(int batch, int side) {
        float[] out = new float[batch * side * side * 2];
        for (int i = 0; i < batch * side * side; i++) {
            out[2 * i] = 2f * (i % side) / (side - 1) - 1;
            out[2 * i + 1] = 2f * (i / side % side) / (side - 1) - 1;
        }
        return Tensor.of(out, batch, side * side, 2);
    }
}
