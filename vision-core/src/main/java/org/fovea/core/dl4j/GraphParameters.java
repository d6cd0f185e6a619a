package org.fovea.core.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a {@link BlockLayer} as parts of DeepLearning4j's one row, in the order of its graph.
 *
 * <p>DeepLearning4j cuts names at underscores, so here they are hyphens. Those of two or more axes are weights, the others biases.
 */
final class GraphParameters implements ParamInitializer {
    static final GraphParameters INSTANCE = new GraphParameters();

    private GraphParameters() {}

    /** Name of a graph's parameter in DeepLearning4j. */
    static String key(String name) {
        return name.replace('_', '-');
    }

    private static Map<String, Shape> shapes(Layer layer) {
        Map<String, Shape> out = new LinkedHashMap<>();
        ((BlockLayer) layer).shapes().forEach((name, shape) -> out.put(key(name), shape));
        return out;
    }

    private static List<String> keys(Layer layer, boolean weights) {
        List<String> out = new ArrayList<>();
        shapes(layer).forEach((key, shape) -> {
            if (isWeight(shape) == weights) {
                out.add(key);
            }
        });
        return out;
    }

    private static boolean isWeight(Shape shape) {
        return shape.rank() > 1;
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return shapes(layer).values().stream().mapToLong(Shape::size).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.copyOf(shapes(layer).keySet());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return keys(layer, true);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return keys(layer, false);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        BlockLayer layer = (BlockLayer) conf.getLayer();
        Map<String, INDArray> out = views(layer, paramsView);
        if (initializeParams) {
            layer.shapes().forEach((name, shape) -> initialize(layer, name, shape, out.get(key(name))));
        }
        out.keySet().forEach(conf::addVariable);
        return out;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
        return views(conf.getLayer(), gradientView);
    }

    private static Map<String, INDArray> views(Layer layer, INDArray row) {
        Map<String, INDArray> out = new LinkedHashMap<>();
        INDArray flat = row.reshape(row.length());
        long from = 0;
        for (Map.Entry<String, Shape> entry : shapes(layer).entrySet()) {
            Shape shape = entry.getValue();
            INDArray part = flat.get(NDArrayIndex.interval(from, from + shape.size()));
            out.put(entry.getKey(), part.reshape('c', shape.toLongs()));
            from += shape.size();
        }
        return out;
    }

    private static void initialize(BlockLayer layer, String name, Shape shape, INDArray view) {
        Tensor value = layer.initialValues().get(name);
        if (value != null) {
            INDArray start = Nd4jTensors.toArray(value);
            view.assign(start);
            start.close();
        } else if (isWeight(shape)) {
            double in = shape.size() / (double) shape.dim(0);
            double out = shape.size() / (double) shape.dim(1);
            layer.getWeightInitFn().init(in, out, shape.toLongs(), 'c', view.reshape(view.length()));
        } else {
            view.assign(name.endsWith("scale") ? layer.getGainInit() : layer.getBiasInit());
        }
    }
}
