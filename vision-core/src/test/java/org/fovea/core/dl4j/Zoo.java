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
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.AxialAttention.Relative;
import org.fovea.core.attention.Cbam;
import org.fovea.core.attention.DualAttention;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.attention.GraphAttention.Join;
import org.fovea.core.attention.SqueezeExcitation;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.nn.AffineGrid;
import org.fovea.core.nn.ConvLocalisation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.TransformerBlock;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** One layer of each kind in a small network: after a convolution or an LSTM, before pooling and a softmax of three classes. */
record Zoo(String name, BlockLayer layer, boolean image) {
    static final int BATCH = 2;
    static final int CHANNELS = 4;
    static final int STEPS = 4;
    static final int HEIGHT = 4;
    static final int WIDTH = 6;
    static final int CLASSES = 3;

    static List<Zoo> all() {
        return List.of(
                sequence(
                        "attention",
                        BlockLayer.sequence(new MultiHeadSelfAttention(2, true)).build()),
                sequence("block", block(6, NormPlacement.BEFORE)),
                sequence("block with norms after", block(5, NormPlacement.AFTER)),
                sequence(
                        "graph",
                        BlockLayer.nodes(new GraphAttention(2, 3, Join.CONCATENATE), new int[] {0, 3, 1}, new int[] {
                                    1, 2, 3
                                })
                                .build()),
                sequence(
                        "graph, mean of heads",
                        BlockLayer.nodes(new GraphAttention(2, 3, Join.MEAN), new int[0], new int[0])
                                .build()),
                image(
                        "patches",
                        BlockLayer.patches(new PatchEmbedding(2, 3, true), true).build()),
                image(
                        "squeeze",
                        BlockLayer.images(new SqueezeExcitation(2, true)).build()),
                image("cbam", BlockLayer.images(new Cbam(2, 3)).build()),
                image("dual", BlockLayer.images(new DualAttention(2)).build()),
                image(
                        "axial",
                        BlockLayer.grid(new AxialAttention(2, Relative.QUERY_KEY_VALUE))
                                .build()),
                image(
                        "axial without distances",
                        BlockLayer.grid(new AxialAttention(2, Relative.NONE)).build()),
                image(
                        "transformer",
                        BlockLayer.sampling(new SpatialTransformer(
                                        new ConvLocalisation(3, 2, 1, 4),
                                        new AffineGrid(3, 2, false),
                                        GridPadding.BORDER))
                                .build()));
    }

    /** Those over sequences, one of each class. */
    static List<Zoo> sequences() {
        return all().stream()
                .filter(zoo -> List.of("attention", "block", "graph").contains(zoo.name()))
                .toList();
    }

    private static BlockLayer block(int hidden, NormPlacement norms) {
        return BlockLayer.sequence(new TransformerBlock(
                        new MultiHeadSelfAttention(2, true),
                        new Mlp(hidden, org.fovea.core.nn.Activation.GELU),
                        1e-6,
                        TransformerBlock.Scaling.NONE,
                        norms))
                .build();
    }

    private static Zoo sequence(String name, BlockLayer layer) {
        return new Zoo(name, layer, false);
    }

    private static Zoo image(String name, BlockLayer layer) {
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

    /** Output of a layer for an input, as at inference. */
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
