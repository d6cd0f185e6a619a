package org.fovea.studies.waste;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.fovea.core.dl4j.AxialAttention;
import org.fovea.core.dl4j.Cbam;
import org.fovea.core.dl4j.DualAttention;
import org.fovea.core.dl4j.GraphAttention;
import org.fovea.core.dl4j.PatchEmbedding;
import org.fovea.core.dl4j.SelfAttention;
import org.fovea.core.dl4j.SpatialTransformer;
import org.fovea.core.dl4j.SqueezeExcitation;
import org.fovea.core.dl4j.TransformerBlock;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A DeepLearning4j graph with every layer of {@link org.fovea.core.dl4j} between DeepLearning4j's convolutions and LSTM.
 *
 * @param pixels side of the square images, a multiple of 8, at least 16
 * @param classes kinds to tell apart
 * @param width channels of the convolutions' last stage and of the sequence, a multiple of 16
 * @param steps of training, over which the learning rate falls to 0
 */
record WasteNetwork(int pixels, int classes, int width, int steps) {
    private static final double RATE = 5e-4;
    private static final double DECAY = 0.02;
    private static final double LONGEST_GRADIENT = 1;
    private static final double KEPT = 0.8;
    private static final int HEADS = 4;
    /** Pixels that become one step of the sequence: two strides of two, then patches of two. */
    private static final int STEP_PIXELS = 8;

    ComputationGraphConfiguration configuration(long seed) {
        GraphBuilder graph = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(new PolySchedule(ScheduleType.ITERATION, RATE, 1, steps)))
                .weightDecay(DECAY)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(LONGEST_GRADIENT)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.IDENTITY)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(InputType.convolutional(pixels, pixels, 3));
        images(graph);
        sequences(graph);
        graph.addVertex("both", new MergeVertex(), "mean", "last")
                .addLayer(
                        "kind",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(classes)
                                .activation(Activation.SOFTMAX)
                                .dropOut(KEPT)
                                .build(),
                        "both")
                .setOutputs("kind");
        return graph.build();
    }

    private void images(GraphBuilder graph) {
        graph.addLayer(
                "straight",
                new SpatialTransformer.Builder().planes(8).hidden(16).build(),
                "image");
        convolution(graph, "edges", width / 2, 2, "straight");
        graph.addLayer("squeeze", new SqueezeExcitation.Builder().reduction(8).build(), "edges");
        convolution(graph, "parts", width, 2, "squeeze");
        graph.addLayer("cbam", new Cbam.Builder().reduction(8).build(), "parts");
        convolution(graph, "things", width, 1, "cbam");
        added(graph, "axial", new AxialAttention.Builder().heads(HEADS).build(), "things");
        graph.addLayer("dual", new DualAttention.Builder().build(), "axial");
    }

    private void sequences(GraphBuilder graph) {
        graph.addLayer(
                "patches",
                new PatchEmbedding.Builder().patchPixels(2).width(width).build(),
                "dual");
        Layer neighbours = neighbours(pixels / STEP_PIXELS)
                .heads(HEADS)
                .width(width / HEADS)
                .build();
        added(graph, "neighbours", neighbours, "patches");
        added(graph, "attention", new SelfAttention.Builder().heads(HEADS).build(), "neighbours");
        graph.addLayer(
                        "block",
                        new TransformerBlock.Builder()
                                .heads(HEADS)
                                .hidden(2 * width)
                                .build(),
                        "attention")
                .addLayer("mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "block")
                .addLayer(
                        "last",
                        new LastTimeStep(new LSTM.Builder()
                                .nOut(width / 2)
                                .activation(Activation.TANH)
                                .build()),
                        "block");
    }

    private static void convolution(GraphBuilder graph, String name, int channels, int stride, String from) {
        Layer convolution = new ConvolutionLayer.Builder(3, 3)
                .stride(stride, stride)
                .nOut(channels)
                .hasBias(false)
                .build();
        graph.addLayer(name + " convolution", convolution, from)
                .addLayer(
                        name,
                        new BatchNormalization.Builder()
                                .activation(Activation.RELU)
                                .build(),
                        name + " convolution");
    }

    /** A layer whose result is added to what it was given. */
    private static void added(GraphBuilder graph, String name, Layer layer, String from) {
        graph.addLayer(name + " change", layer, from)
                .addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), from, name + " change");
    }

    /** Each place of a square grid, row by row, reads the places beside, above and below it. */
    static GraphAttention.Builder neighbours(int side) {
        List<Integer> sources = new ArrayList<>();
        List<Integer> targets = new ArrayList<>();
        for (int place = 0; place < side * side; place++) {
            if (place % side > 0) {
                both(sources, targets, place - 1, place);
            }
            if (place >= side) {
                both(sources, targets, place - side, place);
            }
        }
        return new GraphAttention.Builder().edges(ints(sources), ints(targets));
    }

    private static void both(List<Integer> sources, List<Integer> targets, int one, int other) {
        sources.addAll(List.of(one, other));
        targets.addAll(List.of(other, one));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
