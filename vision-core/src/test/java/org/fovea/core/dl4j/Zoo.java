package org.fovea.core.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fovea.core.attention.AxialAttention.Relative;
import org.fovea.core.attention.GraphAttention.Join;
import org.fovea.core.nn.NormPlacement;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** One layer of each kind in a small network: after a convolution or an LSTM, before pooling and a softmax of three classes. */
record Zoo(String name, GraphLayer layer, boolean image) {
    static final int BATCH = 2;
    static final int CHANNELS = 4;
    static final int STEPS = 4;
    static final int HEIGHT = 4;
    static final int WIDTH = 6;
    static final int CLASSES = 3;

    static List<Zoo> all() {
        return List.of(
                sequence("attention", new SelfAttention.Builder().heads(2).build()),
                sequence(
                        "block",
                        new TransformerBlock.Builder().heads(2).hidden(6).build()),
                sequence(
                        "block with norms after",
                        new TransformerBlock.Builder()
                                .heads(2)
                                .hidden(5)
                                .norms(NormPlacement.AFTER)
                                .build()),
                sequence(
                        "graph",
                        new GraphAttention.Builder()
                                .heads(2)
                                .width(3)
                                .edges(new int[] {0, 3, 1}, new int[] {1, 2, 3})
                                .build()),
                sequence(
                        "graph, mean of heads",
                        new GraphAttention.Builder()
                                .heads(2)
                                .width(3)
                                .join(Join.MEAN)
                                .build()),
                image(
                        "patches",
                        new PatchEmbedding.Builder().patchPixels(2).width(3).build()),
                image("squeeze", new SqueezeExcitation.Builder().reduction(2).build()),
                image("cbam", new Cbam.Builder().reduction(2).kernel(3).build()),
                image("dual", new DualAttention.Builder().reduction(2).build()),
                image("axial", new AxialAttention.Builder().heads(2).build()),
                image(
                        "axial without distances",
                        new AxialAttention.Builder()
                                .heads(2)
                                .relative(Relative.NONE)
                                .build()),
                image(
                        "transformer",
                        new SpatialTransformer.Builder()
                                .kernel(3)
                                .planes(2)
                                .layers(1)
                                .hidden(4)
                                .outputHeight(3)
                                .outputWidth(2)
                                .build()));
    }

    /** Those over sequences, one of each class. */
    static List<Zoo> sequences() {
        return all().stream()
                .filter(zoo -> List.of("attention", "block", "graph").contains(zoo.name()))
                .toList();
    }

    private static Zoo sequence(String name, GraphLayer layer) {
        return new Zoo(name, layer, false);
    }

    private static Zoo image(String name, GraphLayer layer) {
        return new Zoo(name, layer, true);
    }

    MultiLayerConfiguration configuration(DataType type) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .updater(new Sgd(1))
                .activation(Activation.TANH)
                .list();
        if (image) {
            list.layer(new ConvolutionLayer.Builder(1, 1).nOut(CHANNELS).build());
        } else {
            list.layer(new LSTM.Builder().nOut(CHANNELS).build());
        }
        return list.layer(layer.clone())
                .layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(CLASSES)
                        .build())
                .setInputType(image ? InputType.convolutional(HEIGHT, WIDTH, 2) : InputType.recurrent(2, STEPS))
                .build();
    }

    /** A network whose parameters are all away from where they start, where factors of 0 and identities hide derivatives. */
    MultiLayerNetwork network(DataType type) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(type));
        network.init();
        INDArray shift =
                Nd4j.rand(DataType.DOUBLE, network.params().shape()).subi(0.5).muli(0.6);
        network.params().addi(shift.castTo(type));
        return network;
    }

    INDArray input(DataType type) {
        Nd4j.getRandom().setSeed(3);
        return image ? Nd4j.randn(type, BATCH, 2, HEIGHT, WIDTH) : Nd4j.randn(type, BATCH, 2, STEPS);
    }

    /** {@code [B, T]}: the last step of the first example and the first of the second are hidden. */
    static INDArray mask(DataType type) {
        INDArray mask = Nd4j.ones(type, BATCH, STEPS);
        mask.putScalar(0, STEPS - 1, 0);
        mask.putScalar(1, 0, 0);
        return mask;
    }

    /** What a layer makes of an input, as at inference. */
    static INDArray activate(EngineLayer layer, INDArray input) {
        return layer.activate(input, false, LayerWorkspaceMgr.noWorkspaces());
    }

    static INDArray labels(DataType type) {
        return Nd4j.eye(CLASSES).castTo(type).get(NDArrayIndex.interval(0, BATCH));
    }

    @Override
    public String toString() {
        return name;
    }
}
