package org.fovea.core.dl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The configuration of a DeepLearning4j layer whose work is a block of {@link Graph} operations: what the layers of this package
 * share. A layer names its sizes and adds its block; its parameters, their shapes and the size of its result are those of the
 * graph that comes of it.
 *
 * <p>Updater, regularisation, weight initialisation, gradient clipping, weight noise, constraints and dropout of the input are
 * DeepLearning4j's own and are inherited from the network as for its own layers; regularisation reaches the parameters of two
 * or more axes. There is no activation function: put an {@code ActivationLayer} after the layer.
 *
 * <p>A network of {@code DataType.FLOAT} runs on the fastest backend of the host, one of {@code DOUBLE} on ND4J.
 */
public abstract class GraphLayer extends BaseLayer {
    private static final long serialVersionUID = 1L;

    /** The input of one example as DeepLearning4j lays it out, without the batch; null until it is known. */
    @JsonProperty
    private int[] example;

    private transient Map<String, Shape> shapes;

    /** For JSON. */
    GraphLayer() {}

    /** Takes what every builder holds. */
    GraphLayer(Builder<?> builder) {
        super(builder);
        if (activationFn != null && !(activationFn instanceof ActivationIdentity)) {
            throw new IllegalArgumentException(name() + ": the activation must be the identity, got " + activationFn
                    + "; put an ActivationLayer after the layer");
        }
        activationFn = new ActivationIdentity();
    }

    /**
     * Adds the layer to a graph.
     *
     * @param x the input as DeepLearning4j lays it out, with the batch
     * @param mask {@code [B, T]} of an input of sequences: not 0 for the steps that are there
     * @return the result as DeepLearning4j lays it out
     */
    abstract Value build(Scope scope, Value x, Optional<Value> mask);

    /** What tells two layers of a class apart. */
    abstract List<Object> sizes();

    /** The sizes of one example of an input type; an unknown length is the least there can be. */
    abstract int[] example(InputType type);

    /** Parameters that do not start as their number of axes says: values by name. */
    Map<String, Tensor> initialValues() {
        return Map.of();
    }

    /** Sets the sizes of the input as a builder was given them. */
    final void startWith(int... sizes) {
        example = sizes.clone();
    }

    /** The parameters' shapes by name, in order. */
    final synchronized Map<String, Shape> shapes() {
        if (shapes == null) {
            if (example == null) {
                throw new IllegalStateException(
                        name() + ": the sizes of the input must be known, got none; call setInputType on the network's"
                                + " builder, or nIn on the layer's where it has one");
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
     * Checks an input: its channels, and of an image its height and width, are those the layer was made for.
     *
     * @throws IllegalArgumentException when not
     */
    final void checkInput(long[] shape) {
        boolean image = example.length > 2;
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

    /** The layer as error messages call it. */
    final String name() {
        return getClass().getSimpleName() + (layerName == null ? "" : " \"" + layerName + "\"");
    }

    @Override
    public final org.deeplearning4j.nn.api.Layer instantiate(
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
    public final ParamInitializer initializer() {
        return GraphParameters.INSTANCE;
    }

    /**
     * The type of the result: recurrent or convolutional.
     *
     * @throws IllegalArgumentException when the layer does not take the input type or its sizes
     */
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        Shape out = result(new Graph(), example(inputType)).shape();
        return out.rank() == 4
                ? InputType.convolutional(out.dim(2), out.dim(3), out.dim(1))
                : InputType.recurrent(out.dim(1), out.dim(2));
    }

    @Override
    public final void setNIn(InputType inputType, boolean override) {
        if (example == null || override) {
            example = example(inputType);
            shapes = null;
        }
    }

    @Override
    public final boolean isPretrainParam(String name) {
        return false;
    }

    @Override
    public final LayerMemoryReport getMemoryReport(InputType inputType) {
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
    public final boolean equals(Object o) {
        return super.equals(o)
                && o instanceof GraphLayer other
                && getClass() == other.getClass()
                && Arrays.equals(example, other.example)
                && sizes().equals(other.sizes());
    }

    @Override
    public final int hashCode() {
        return Objects.hash(super.hashCode(), getClass(), Arrays.hashCode(example), sizes());
    }

    @Override
    public final String toString() {
        return name() + sizes();
    }

    /** What the builders of all layers share: DeepLearning4j's own settings. */
    abstract static class Builder<T extends Builder<T>> extends BaseLayer.Builder<T> {
        Builder() {}
    }
}
