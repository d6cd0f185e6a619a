package org.fovea.samples.quickstart.relations;

import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.BatchNormLayer;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Scope;

/**
 * Four 3x3 convolutions with 24 maps and stride 2, each with batch norm and ReLU, which make 5x5 places of a scene, and an
 * answerer that reads them.
 */
record SceneNetwork(Answerer answerer, int scenes) {
    static final String LOGITS = "logits";

    private static final int LAYERS = 4;
    private static final BatchNormLayer NORM = new BatchNormLayer(0.99, 1e-5);
    private static final ConvLayer CONVOLUTION = new ConvLayer(24, 3, ConvWindow.of(2, 1), false);

    /** The network with norms as in training. */
    Graph training() {
        return graph(NORM::training);
    }

    /** The network as it is used after training. */
    Graph inference() {
        return graph(NORM::inference);
    }

    private Graph graph(Norm norm) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph);
        Value x = graph.input(Quiz.IMAGES, scenes, 3, Scene.SIDE, Scene.SIDE);
        for (int i = 0; i < LAYERS; i++) {
            x = CONVOLUTION.build(scope.child("conv", i), x);
            x = norm.build(scope.child("norm", i), x).relu(); // [B, 24, 38, 38] ... [B, 24, 5, 5]
        }
        Value questions = graph.input(Quiz.ASKED, scenes, Quiz.QUESTIONS, Question.WIDTH);
        Value logits = answerer.build(scope.child("answerer"), x, questions, norm);
        graph.output(LOGITS, logits.reshape(scenes * Quiz.QUESTIONS, Question.ANSWERS));
        return graph;
    }
}
