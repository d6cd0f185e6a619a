package org.fovea.core.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.fovea.core.attention.Cbam;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whole networks: a graph that branches, and the same attention as DeepLearning4j's. */
class NetworksTest {
    private static final int WIDTH = 6;
    private static final int HEADS = 2;
    private static final int STEPS = 5;

    private static ComputationGraphConfiguration graph() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.02))
                .graphBuilder()
                .addInputs("image", "words")
                .setInputTypes(InputType.convolutional(8, 8, 1), InputType.recurrent(3, STEPS))
                .addLayer("conv", new ConvolutionLayer.Builder(3, 3).nOut(WIDTH).build(), "image")
                .addLayer("cbam", BlockLayer.images(new Cbam(2, 7)).build(), "conv")
                .addLayer(
                        "patches",
                        BlockLayer.patches(new PatchEmbedding(3, WIDTH, true), true)
                                .build(),
                        "cbam")
                .addLayer(
                        "seen",
                        BlockLayer.sequence(new MultiHeadSelfAttention(HEADS, true))
                                .build(),
                        "patches")
                .addLayer("view", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "seen")
                .addLayer("lstm", new LSTM.Builder().nOut(WIDTH).build(), "words")
                .addLayer(
                        "read",
                        BlockLayer.sequence(new TransformerBlock(
                                        new MultiHeadSelfAttention(HEADS, true),
                                        new Mlp(4 * WIDTH, org.fovea.core.nn.Activation.GELU),
                                        1e-6,
                                        TransformerBlock.Scaling.NONE))
                                .build(),
                        "lstm")
                .addLayer("text", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "read")
                .addVertex("both", new MergeVertex(), "view", "text")
                .addLayer("class", classes(new OutputLayer.Builder(LossFunction.MCXENT)), "both")
                .setOutputs("class")
                .build();
    }

    private static Layer classes(OutputLayer.Builder builder) {
        return builder.nOut(2).activation(Activation.SOFTMAX).build();
    }

    @Test
    void graphsWithConvolutionAndLstmLearnAndSurviveSaving(@TempDir Path folder) throws IOException {
        ComputationGraphConfiguration configuration = graph();
        assertEquals(configuration, ComputationGraphConfiguration.fromJson(configuration.toJson()));
        ComputationGraph network = new ComputationGraph(configuration);
        network.init();
        Nd4j.getRandom().setSeed(3);
        INDArray[] inputs = {Nd4j.randn(DataType.FLOAT, 4, 1, 8, 8), Nd4j.randn(DataType.FLOAT, 4, 3, STEPS)};
        INDArray[] labels = {Nd4j.create(new float[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}})};
        for (int step = 0; step < 40; step++) {
            network.fit(inputs, labels);
        }
        INDArray output = network.outputSingle(inputs);
        double worst = output.mul(labels[0]).sum(1).minNumber().doubleValue();
        assertTrue(worst > 0.9, "probability of the right class: " + worst);
        Path file = folder.resolve("graph.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        ComputationGraph read = ModelSerializer.restoreComputationGraph(file.toFile());
        assertEquals(output, read.outputSingle(inputs));
        network.fit(inputs, labels);
        read.fit(inputs, labels);
        Tensors.assertClose(Nd4jTensors.toTensor(network.params()), Nd4jTensors.toTensor(read.params()), 1e-6);
    }

    /** DeepLearning4j's own layer has no biases: ours are 0 at first. */
    @Test
    void selfAttentionIsDeepLearning4js() {
        MultiLayerNetwork ours = network(
                BlockLayer.sequence(new MultiHeadSelfAttention(HEADS, true)).build());
        MultiLayerNetwork theirs = network(new SelfAttentionLayer.Builder()
                .nOut(WIDTH)
                .nHeads(HEADS)
                .headSize(WIDTH / HEADS)
                .projectInput(true)
                .build());
        INDArray qkv = ours.getParam("0_qkv.weight"); // [3·width, width]
        String[] names = {"0_Wq", "0_Wk", "0_Wv"};
        for (int i = 0; i < names.length; i++) {
            INDArray part = qkv.get(NDArrayIndex.interval(i * WIDTH, (i + 1) * WIDTH), NDArrayIndex.all());
            theirs.getParam(names[i]).assign(part.dup('c').reshape('c', HEADS, WIDTH / HEADS, WIDTH));
        }
        theirs.getParam("0_Wo").assign(ours.getParam("0_output.weight").transpose());
        theirs.getParam("1_W").assign(ours.getParam("1_W"));
        INDArray input = Nd4j.randn(DataType.DOUBLE, 3, WIDTH, STEPS);
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 3, STEPS);
        mask.putScalar(1, STEPS - 1, 0);
        Tensors.assertClose(Nd4jTensors.toTensor(theirs.output(input)), Nd4jTensors.toTensor(ours.output(input)), 1e-9);
        INDArray there = mask.reshape(3, 1, STEPS).broadcast(3, 2, STEPS);
        Tensors.assertClose(
                Nd4jTensors.toTensor(theirs.output(input, false, mask, mask).mul(there)),
                Nd4jTensors.toTensor(ours.output(input, false, mask, mask).mul(there)),
                1e-9);
    }

    private static MultiLayerNetwork network(Layer attention) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .activation(Activation.IDENTITY)
                .list(
                        attention,
                        new RnnOutputLayer.Builder(LossFunction.MSE)
                                .nOut(2)
                                .activation(Activation.IDENTITY)
                                .build())
                .setInputType(InputType.recurrent(WIDTH, STEPS))
                .build());
        network.init();
        return network;
    }
}
