package org.fovea.studies.bench;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fovea.core.dl4j.BlockLayer;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A self-attention layer in a DeepLearning4j network, with an input to run it on. */
final class AttentionLayer {
    private static final int SEED = 1;

    private final Layer layer;
    private final INDArray input;
    private final INDArray outputGradient;

    /**
     * The sizes that two layers are compared at.
     *
     * @param batch B
     * @param steps T
     * @param width C, of the input and of the result
     * @param heads divide the width
     */
    record Sizes(int batch, int steps, int width, int heads) {}

    private AttentionLayer(org.deeplearning4j.nn.conf.layers.Layer conf, Sizes sizes) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(SEED)
                .dataType(DataType.FLOAT)
                .list(conf)
                .setInputType(InputType.recurrent(sizes.width(), sizes.steps()))
                .build());
        network.init();
        network.initGradientsView();
        layer = network.getLayer(0);
        Nd4j.getRandom().setSeed(SEED);
        input = Nd4j.randn(DataType.FLOAT, sizes.batch(), sizes.width(), sizes.steps());
        outputGradient = Nd4j.randn(DataType.FLOAT, sizes.batch(), sizes.width(), sizes.steps());
    }

    /** Fovea's layer. */
    static AttentionLayer fovea(Sizes sizes) {
        return new AttentionLayer(
                BlockLayer.sequence(new MultiHeadSelfAttention(sizes.heads(), true))
                        .build(),
                sizes);
    }

    /** DeepLearning4j's layer, with projections as wide. */
    static AttentionLayer deepLearning4j(Sizes sizes) {
        return new AttentionLayer(
                new SelfAttentionLayer.Builder()
                        .nIn(sizes.width())
                        .nOut(sizes.width())
                        .nHeads(sizes.heads())
                        .headSize(sizes.width() / sizes.heads())
                        .projectInput(true)
                        .build(),
                sizes);
    }

    /** Runs the layer as at inference. */
    void forward() {
        layer.activate(input, false, LayerWorkspaceMgr.noWorkspaces()).close();
    }

    /** Runs the layer as in training: forward, then the derivatives by the parameters and the input. */
    void forwardAndBackward() {
        layer.activate(input, true, LayerWorkspaceMgr.noWorkspaces()).close();
        layer.backpropGradient(outputGradient, LayerWorkspaceMgr.noWorkspaces());
    }
}
