package org.fovea.studies.relations;

import java.util.List;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.BatchNormLayer;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.Scope;

/**
 * Four 3x3 convolutions with stride 2, each with batch norm and ReLU, which make 5x5 places of a scene, and an answerer that reads
 * them.
 */
record SceneNetwork(Answerer answerer, int scenes) {
    static final String LOGITS = "logits";

    private static final List<Integer> CHANNELS = List.of(32, 64, 64, 64);
    private static final BatchNormLayer NORM = new BatchNormLayer(0.99, 1e-5);

    /** The network with norms as in training. */
    Graph training() {
        return graph(Mode.TRAINING);
    }

    /** The network as it is used after training. */
    Graph inference() {
        return graph(Mode.EVALUATION);
    }

    private Graph graph(Mode mode) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph, mode);
        Value x = graph.input(Quiz.IMAGES, scenes, 3, Scene.SIDE, Scene.SIDE);
        for (int i = 0; i < CHANNELS.size(); i++) {
            x = new ConvLayer(CHANNELS.get(i), 3, ConvWindow.of(2, 1), false).build(scope.child("conv", i), x);
            x = NORM.build(scope.child("norm", i), x).relu(); // [B, 32, 38, 38] ... [B, 64, 5, 5]
        }
        Value questions = graph.input(Quiz.ASKED, scenes, Quiz.QUESTIONS, Question.WIDTH);
        Value logits = answerer.build(scope.child("answerer"), x, questions);
        graph.output(LOGITS, logits.reshape(scenes * Quiz.QUESTIONS, Question.ANSWERS));
        return graph;
    }
}
