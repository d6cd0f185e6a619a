package org.fovea.studies.relations;

import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/**
 * The baseline without relations: an MLP over all of the feature map and the question put together; the first map is taken of
 * the two apart and added up, which is the same.
 *
 * @param width of every layer but the last
 * @param layers before the last
 */
record Flattening(int width, int layers) implements Answerer {
    @Override
    public String name() {
        return "MLP";
    }

    @Override
    public Value build(Scope scope, Value features, Value questions) {
        LinearLayer map = new LinearLayer(width, true);
        int batch = features.shape().dim(0);
        Value seen = new LinearLayer(width, false)
                .build(scope.child("features"), features.reshape(batch, 1, -1)); // [B, 1, width]
        Value x = map.build(scope.child("question"), questions).add(seen).relu(); // [B, M, width]
        for (int i = 1; i < layers; i++) {
            x = map.build(scope.child("hidden", i), x).relu();
        }
        return new LinearLayer(Question.ANSWERS, true).build(scope.child("answer"), x);
    }
}
