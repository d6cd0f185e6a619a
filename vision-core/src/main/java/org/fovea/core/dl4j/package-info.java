/**
 * The blocks of {@link org.fovea.core.nn} and the mechanisms of {@link org.fovea.core.attention} as layers of DeepLearning4j
 * networks, for {@code MultiLayerNetwork} and {@code ComputationGraph}, beside DeepLearning4j's own layers.
 *
 * <table>
 * <caption>Layers, what they take and what they yield</caption>
 * <tr><th>layer</th><th>input</th><th>result</th></tr>
 * <tr><td>{@link org.fovea.core.dl4j.BlockLayer#sequence} of a {@link org.fovea.core.nn.SelfAttention} or a {@link
 * org.fovea.core.nn.TransformerBlock}</td><td>{@code [B, C, T]}</td><td>{@code [B, C, T]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.BlockLayer#nodes}</td><td>{@code [B, C, T]}</td><td>{@code [B, heads·width, T]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.BlockLayer#patches}</td><td>{@code [B, C, H, W]}</td><td>{@code [B, width, T]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.BlockLayer#images} of an {@link org.fovea.core.attention.ImageAttention}, {@link
 * org.fovea.core.dl4j.BlockLayer#grid} of a {@link org.fovea.core.nn.SelfAttention}</td><td>{@code [B, C, H, W]}</td><td>{@code
 * [B, C, H, W]}</td></tr>
 * <tr><td>{@link org.fovea.core.dl4j.BlockLayer#sampling}</td><td>{@code [B, C, H, W]}</td><td>{@code [B, C, H', W']}</td></tr>
 * </table>
 *
 * <pre>{@code
 * MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
 *         .updater(new Adam(1e-3))
 *         .convolutionMode(ConvolutionMode.Same)
 *         .list(
 *                 new ConvolutionLayer.Builder(3, 3).nOut(32).activation(Activation.RELU).build(),
 *                 BlockLayer.images(new SqueezeExcitation(8, true)).build(),
 *                 BlockLayer.patches(new PatchEmbedding(4, 64, true), true).build(),
 *                 BlockLayer.sequence(new MultiHeadSelfAttention(4, true)).build(),
 *                 new LSTM.Builder().nOut(64).build(),
 *                 new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
 *                 new OutputLayer.Builder(LossFunction.MCXENT).nOut(10).activation(Activation.SOFTMAX).build())
 *         .setInputType(InputType.convolutional(32, 32, 3))
 *         .build());
 * network.init();
 * network.fit(batches); // DataSetIterators.toDataSetIterator makes a DataSetIterator of a batch source
 * }</pre>
 *
 * <p>Layers have no activation function of their own, and are added to their input by an {@code ElementWiseVertex} where that is
 * wanted: only {@link org.fovea.core.nn.TransformerBlock} and {@link org.fovea.core.attention.DualAttention} do so themselves. The
 * network's input type tells them their sizes. In a sequence, the steps that a mask hides are not read and yield zeros.
 *
 * <p>Forward and backward run as compiled programs of Fovea's engine, one for each shape of the input; {@link
 * org.fovea.core.dl4j.BlockLayer} says how. A layer keeps the programs of the shapes used last and frees them when the network is
 * gone, or at once by {@code Layer.close()}. As all of DeepLearning4j, a network is for one thread at a time: threads clone it.
 *
 * <p>The dependency {@code org.deeplearning4j:deeplearning4j-nn} is optional: who uses this package states it.
 */
package org.fovea.core.dl4j;
