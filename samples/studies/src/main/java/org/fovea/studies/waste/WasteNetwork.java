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
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.Cbam;
import org.fovea.core.attention.DualAttention;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.attention.SqueezeExcitation;
import org.fovea.core.dl4j.BlockLayer;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.nn.AffineGrid;
import org.fovea.core.nn.ConvLocalisation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.TransformerBlock;
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
                BlockLayer.sampling(new SpatialTransformer(
                                new ConvLocalisation(5, 8, 2, 16),
                                new AffineGrid(pixels, pixels, false),
                                GridPadding.BORDER))
                        .build(),
                "image");
        convolution(graph, "edges", width / 2, 2, "straight");
        graph.addLayer(
                "squeeze", BlockLayer.images(new SqueezeExcitation(8, true)).build(), "edges");
        convolution(graph, "parts", width, 2, "squeeze");
        graph.addLayer("cbam", BlockLayer.images(new Cbam(8, 7)).build(), "parts");
        convolution(graph, "things", width, 1, "cbam");
        added(
                graph,
                "axial",
                BlockLayer.grid(new AxialAttention(HEADS, AxialAttention.Relative.QUERY_KEY_VALUE))
                        .build(),
                "things");
        graph.addLayer("dual", BlockLayer.images(new DualAttention(8)).build(), "axial");
    }

    private void sequences(GraphBuilder graph) {
        graph.addLayer(
                "patches",
                BlockLayer.patches(new PatchEmbedding(2, width, true), true).build(),
                "dual");
        Layer neighbors = neighbors(
                pixels / STEP_PIXELS, new GraphAttention(HEADS, width / HEADS, GraphAttention.Join.CONCATENATE));
        added(graph, "neighbors", neighbors, "patches");
        added(
                graph,
                "attention",
                BlockLayer.sequence(new MultiHeadSelfAttention(HEADS, true)).build(),
                "neighbors");
        graph.addLayer(
                        "block",
                        BlockLayer.sequence(new TransformerBlock(
                                        new MultiHeadSelfAttention(HEADS, true),
                                        new Mlp(2 * width, org.fovea.core.nn.Activation.GELU),
                                        1e-6,
                                        TransformerBlock.Scaling.NONE))
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
    static BlockLayer neighbors(int side, GraphAttention attention) {
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
        return BlockLayer.nodes(attention, ints(sources), ints(targets)).build();
    }

    private static void both(List<Integer> sources, List<Integer> targets, int one, int other) {
        sources.addAll(List.of(one, other));
        targets.addAll(List.of(other, one));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
