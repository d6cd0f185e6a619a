package org.fovea.core.dl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.fovea.core.Check;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.attention.ImageAttention;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;

/**
 * A DeepLearning4j layer whose work is one of Fovea's blocks. Its parameters, their shapes and the size of its result are those
 * of the graph that comes of the block.
 *
 * <p>Updater, regularization, weight initialization, gradient clipping, weight noise, constraints and dropout of the input are
 * DeepLearning4j's own and are inherited from the network as for its own layers; regularization reaches the parameters of two
 * or more axes. There is no activation function: put an {@code ActivationLayer} after the layer.
 *
 * <p>A network of {@code DataType.FLOAT} runs on the fastest backend of the host, one of {@code DOUBLE} on ND4J.
 */
public final class BlockLayer extends BaseLayer {
    private static final long serialVersionUID = 1L;

    /** JSON of the block, by which configurations are cloned, compared, sent and saved. */
    @JsonProperty("block")
    @JsonSerialize(using = BlockJson.Writer.class)
    @JsonDeserialize(using = BlockJson.Reader.class)
    private String json;

    /** Shape of one example in DeepLearning4j's layout, without the batch; null until it is known. */
    @JsonProperty
    private int[] example;

    private transient LayerBlock block;
    private transient Map<String, Shape> shapes;

    /** Creates an empty layer to be filled from JSON. */
    private BlockLayer() {}

    private BlockLayer(Builder builder) {
        super(builder);
        json = BlockJson.write(builder.block);
        if (activationFn != null && !(activationFn instanceof ActivationIdentity)) {
            throw new IllegalArgumentException(name() + ": the activation must be the identity, got " + activationFn
                    + "; put an ActivationLayer after the layer");
        }
        activationFn = new ActivationIdentity();
        if (builder.nIn > 0) {
            example = new int[] {builder.nIn, block().leastSteps()};
        }
    }

    /** Builds a layer of attention within images {@code [B, C, H, W]}; the shape stays the same. */
    public static Builder images(ImageAttention attention) {
        return new Builder(new LayerBlock.OfImages(attention));
    }

    /** Builds a layer of self-attention between the positions of images {@code [B, C, H, W]}; the shape stays the same. */
    public static Builder grid(SelfAttention attention) {
        return new Builder(new LayerBlock.OfGrids(attention));
    }

    /**
     * Builds a layer that cuts images {@code [B, C, H, W]} into patches, each a step of a sequence {@code [B, width, T]}, row
     * by row.
     *
     * @param positions whether a learned position embedding is added
     */
    public static Builder patches(PatchEmbedding embedding, boolean positions) {
        return new Builder(new LayerBlock.OfPatches(embedding, positions));
    }

    /** Builds a layer that resamples images {@code [B, C, H, W]}, initially at their own positions if the sizes are equal. */
    public static Builder sampling(SpatialTransformer transformer) {
        return new Builder(new LayerBlock.Sampled(transformer));
    }

    /** Builds a layer of self-attention over sequences {@code [B, C, T]}; the shape stays the same. */
    public static Builder sequence(SelfAttention attention) {
        return new Builder(new LayerBlock.OfSteps(attention));
    }

    /** Builds a transformer block over sequences {@code [B, C, T]}; the shape stays the same. */
    public static Builder sequence(TransformerBlock block) {
        return new Builder(new LayerBlock.Transformer(block));
    }

    /**
     * Builds a layer of graph attention over the steps of {@code [B, C, T]}, the nodes of one graph; the result is {@code [B,
     * heads·width, T]} or {@code [B, width, T]}.
     *
     * @param sources index of the node that each edge is read from, from 0
     * @param targets index of the node that reads
     * @throws IllegalArgumentException when the arrays differ in length, or an index is negative
     */
    public static Builder nodes(GraphAttention attention, int[] sources, int[] targets) {
        return new Builder(LayerBlock.OfNodes.of(attention, sources, targets));
    }

    private synchronized LayerBlock block() {
        block = block == null ? BlockJson.read(json) : block;
        return block;
    }

    /** Adds the layer to a graph; see {@link LayerBlock#build}. */
    Value build(Scope scope, Value x, Optional<Value> mask) {
        return block().build(scope, x, mask);
    }

    /** Initial values of parameters with special ones, by name. */
    Map<String, Tensor> initialValues() {
        return block().initial(shapes());
    }

    /** Shapes of the parameters by name, in order. */
    synchronized Map<String, Shape> shapes() {
        if (shapes == null) {
            if (example == null) {
                throw new IllegalStateException(
                        name() + ": the sizes of the input must be known, got none; call setInputType on the network's"
                                + " builder, or nIn on the layer's where it reads sequences");
            }
            Graph graph = new Graph();
            result(graph, example);
            Map<String, Shape> found = new LinkedHashMap<>();
            graph.parameters().forEach((name, value) -> found.put(name, value.shape()));
            shapes = found;
        }
        return shapes;
    }

    /**
     * Checks that an input has the channels, and an image the height and width, that the layer was made for.
     *
     * @throws IllegalArgumentException when it does not
     */
    void checkInput(long[] shape) {
        boolean image = !block().readsSequences();
        boolean fits = shape.length == example.length + 1;
        for (int axis = 0; fits && axis < (image ? example.length : 1); axis++) {
            fits = shape[axis + 1] == example[axis];
        }
        if (!fits) {
            throw new IllegalArgumentException(name() + ": the input must be "
                    + (image ? "images [B, C, H, W]" : "sequences [B, C, T]") + " with [C"
                    + (image ? ", H, W] = " + Arrays.toString(example) : "] = [" + example[0] + "]") + ", got "
                    + Arrays.toString(shape) + "; the network's input type says the sizes");
        }
    }

    private Value result(Graph graph, int[] sizes) {
        int[] batch = new int[sizes.length + 1];
        batch[0] = 1;
        System.arraycopy(sizes, 0, batch, 1, sizes.length);
        return build(Scope.of(graph), graph.input("x", batch), Optional.empty());
    }

    /** Shape of one example of an input type; an unknown length is set to the minimum. */
    private int[] example(InputType type) {
        if (block().readsSequences()) {
            if (!(type instanceof InputTypeRecurrent recurrent) || recurrent.getFormat() == RNNFormat.NWC) {
                throw new IllegalArgumentException(
                        name() + ": the input must be sequences [B, C, T] (RNNFormat.NCW), got " + type
                                + "; an image becomes a sequence by PatchEmbedding");
            }
            int steps = (int) Math.max(recurrent.getTimeSeriesLength(), block().leastSteps());
            return new int[] {(int) recurrent.getSize(), steps};
        }
        if (!(type instanceof InputTypeConvolutional image) || image.getFormat() == CNN2DFormat.NHWC) {
            throw new IllegalArgumentException(
                    name() + ": the input must be images [B, C, H, W] (CNN2DFormat.NCHW), got " + type);
        }
        return new int[] {(int) image.getChannels(), (int) image.getHeight(), (int) image.getWidth()};
    }

    /** Name of the layer in error messages: that of its mechanism. */
    String name() {
        return block().name() + (layerName == null ? "" : " \"" + layerName + "\"");
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray paramsView,
            boolean initializeParams,
            DataType dataType) {
        EngineLayer layer = new EngineLayer(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(paramsView);
        layer.setParamTable(initializer().init(conf, paramsView, initializeParams));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return GraphParameters.INSTANCE;
    }

    /**
     * Type of the result: recurrent or convolutional.
     *
     * @throws IllegalArgumentException when the layer does not support the input type or its sizes
     */
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        Shape out = result(new Graph(), example(inputType)).shape();
        if (out.rank() == 4) {
            return InputType.convolutional(out.dim(2), out.dim(3), out.dim(1));
        }
        long steps = inputType instanceof InputTypeRecurrent sequence ? sequence.getTimeSeriesLength() : out.dim(2);
        return InputType.recurrent(out.dim(1), steps);
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (example == null || override) {
            example = example(inputType);
            shapes = null;
        }
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return block().readsSequences()
                ? InputTypeUtil.getPreprocessorForInputTypeRnnLayers(inputType, RNNFormat.NCW, layerName)
                : InputTypeUtil.getPreProcessorForInputTypeCnnLayers(inputType, layerName);
    }

    @Override
    public boolean isPretrainParam(String name) {
        return false;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        InputType out = getOutputType(-1, inputType);
        long count = initializer().numParams(this);
        long state = getIUpdater() == null ? 0 : getIUpdater().stateSize(count);
        return new LayerMemoryReport.Builder(layerName, getClass(), inputType, out)
                .standardMemory(count, state)
                .workingMemory(0, 0, 0, out.arrayElementsPerExample())
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    public boolean equals(Object o) {
        return super.equals(o)
                && o instanceof BlockLayer other
                && Arrays.equals(example, other.example)
                && json.equals(other.json);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), Arrays.hashCode(example), json);
    }

    @Override
    public String toString() {
        return name() + " " + json;
    }

    /** Builder of the layer, with the common settings of DeepLearning4j's layers. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() returns a layer of the caller's type
    public static final class Builder extends BaseLayer.Builder<Builder> {
        private final LayerBlock block;
        private int nIn;

        private Builder(LayerBlock block) {
            this.block = block;
        }

        /**
         * Sets the size C of a step of a sequence; not needed if the network has an input type.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1 or the layer reads images
         */
        public Builder nIn(int size) {
            Check.positive(block.name() + ": nIn", size);
            if (!block.readsSequences()) {
                throw new IllegalArgumentException(block.name()
                        + ": nIn is a size of sequences, got images; call setInputType on the network's builder");
            }
            nIn = size;
            return this;
        }

        /**
         * Builds the layer.
         *
         * @throws IllegalArgumentException when an activation is set, or the block is not one of Fovea's records
         */
        @Override
        public BlockLayer build() {
            return new BlockLayer(this);
        }
    }
}
