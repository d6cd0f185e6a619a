package org.fovea.core.dl4j;

import java.lang.ref.Cleaner;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Tensor;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link BlockLayer} at work: hands DeepLearning4j's arrays to compiled programs and their results back.
 *
 * <p>Like all layers of DeepLearning4j it is for one thread at a time, since the input is a field: threads clone the network, as
 * {@code ParallelInference} does. The programs themselves are thread-safe.
 */
final class EngineLayer extends BaseLayer<BlockLayer> {
    private static final long serialVersionUID = 1L;

    /**
     * Frees the programs of networks that are no longer reachable, since DeepLearning4j's networks do not close their layers.
     */
    private static final Cleaner CLEANER = Cleaner.create();

    private transient LayerPrograms programs;
    private transient Cleaner.Cleanable cleanable;

    EngineLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        layerConf().checkInput(input.shape());
        applyDropOutIfNecessary(training, workspaces);
        Tensor y = programs().forward(inputs(), parameters(training, workspaces));
        return array(y, ArrayType.ACTIVATIONS, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        Map<String, Tensor> inputs = inputs();
        inputs.put(LayerPrograms.OUTPUT_GRADIENT, tensor(epsilon));
        LayerPrograms.Backward back = programs().backward(inputs, parameters(true, workspaces));
        Gradient gradient = new DefaultGradient();
        back.parameters().forEach((name, value) -> {
            INDArray view = gradientViews.get(GraphParameters.key(name));
            INDArray made = Nd4jTensors.toArray(value);
            view.assign(made);
            made.close();
            gradient.setGradientFor(GraphParameters.key(name), view);
        });
        weightNoiseParams.clear();
        return new Pair<>(
                gradient, backpropDropOutIfPresent(array(back.input(), ArrayType.ACTIVATION_GRAD, workspaces)));
    }

    private Map<String, Tensor> inputs() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(LayerPrograms.INPUT, tensor(input));
        if (maskArray != null && input.rank() == 3) {
            out.put(LayerPrograms.MASK, tensor(maskArray.reshape(input.size(0), input.size(2))));
        }
        return out;
    }

    private Map<String, Tensor> parameters(boolean training, LayerWorkspaceMgr workspaces) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        for (String name : layerConf().shapes().keySet()) {
            out.put(name, tensor(getParamWithNoise(GraphParameters.key(name), training, workspaces)));
        }
        return out;
    }

    private Tensor tensor(INDArray array) {
        if (array.dataType() == dataType) {
            return Nd4jTensors.toTensor(array);
        }
        return Nd4jTensors.outsideWorkspaces(() -> {
            try (INDArray cast = array.castTo(dataType)) {
                return Nd4jTensors.toTensor(cast);
            }
        });
    }

    private static INDArray array(Tensor tensor, ArrayType type, LayerWorkspaceMgr workspaces) {
        INDArray made = Nd4jTensors.toArray(tensor);
        INDArray kept = workspaces.dup(type, made);
        made.close();
        return kept;
    }

    /** Programs of the layer; they must not refer to this object, which would never become unreachable otherwise. */
    synchronized LayerPrograms programs() {
        if (programs == null) {
            programs = LayerPrograms.of(layerConf(), dataType);
            cleanable = CLEANER.register(this, programs::close);
        }
        return programs;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    /** Frees the programs' memory; a layer that is used again compiles new ones. */
    @Override
    public synchronized void close() {
        if (programs != null) {
            cleanable.clean();
            programs = null;
        }
        super.close();
    }
}
