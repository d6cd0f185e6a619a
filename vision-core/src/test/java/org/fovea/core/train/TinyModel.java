package org.fovea.core.train;

import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Dropout;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;

/** A convolution, a norm, dropout and a head on 12x12 pixels in four classes. */
record TinyModel() implements TrainableModel {
    static final int SIDE = 12;

    @Override
    public Graph graph(int batch, Mode mode) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph);
        Value pixels = graph.input(PIXELS, batch, 1, SIDE, SIDE);
        Value patches = pixels.conv2d(scope.parameter("conv.weight", 8, 1, 4, 4), ConvWindow.of(4, 0)); // [B, 8, 3, 3]
        Value x = patches.relu().reshape(batch, 72);
        x = new LayerNormLayer(1e-5).build(scope.child("norm"), x);
        if (mode == Mode.TRAINING) {
            x = graph.apply(new Dropout(0.1, 1), x, graph.indexInput(DROPOUT_SEED, 1));
        }
        graph.output(LOGITS, new LinearLayer(4, true).build(scope.child("head"), x));
        return graph;
    }

    @Override
    public WeightSource initialParameters() {
        Parameters.Builder out = Parameters.builder();
        graph(1, Mode.TRAINING)
                .parameters()
                .forEach((name, value) -> out.initial(
                        name,
                        value.shape(),
                        name.endsWith("scale")
                                ? Initializers.ones()
                                : name.endsWith("bias") || name.endsWith("shift")
                                        ? Initializers.zeros()
                                        : Initializers.truncatedNormal(0.1),
                        5));
        return out.build();
    }
}
