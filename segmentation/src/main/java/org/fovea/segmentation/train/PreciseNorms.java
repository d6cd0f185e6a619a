package org.fovea.segmentation.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.BatchNormLayer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.segmentation.model.PixelNetwork;

/**
 * Statistics of batch normalization measured anew over many batches with the weights as they are. The running averages of
 * training are of a few batches, and of weights that have changed since; those of averaged weights fit worst.
 *
 * @see <a href="https://arxiv.org/abs/2105.07576">Wu and Johnson 2021, section 3</a>
 */
public final class PreciseNorms {
    private PreciseNorms() {}

    /**
     * Weights with means and variances measured over batches of crops.
     *
     * @param batches batches of crops, the first of which are used
     * @param count maximum number of batches
     */
    public static Parameters measure(
            PixelNetwork model,
            Parameters weights,
            BatchSource<SegmentationBatch> batches,
            int count,
            Backend backend,
            Precision precision) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        int seen = 0;
        try (BatchIterator<SegmentationBatch> source = batches.batches(0, 0)) {
            Program program = null;
            try {
                while (seen < count && source.hasNext()) {
                    Tensor pixels = source.next().pixels();
                    if (program == null) {
                        program = program(model, weights, pixels.shape().toArray(), backend, precision);
                    }
                    program.run(Map.of(PixelNetwork.PIXELS, pixels)).forEach((name, value) -> add(sums, name, value));
                    seen++;
                }
            } finally {
                if (program != null) {
                    program.close();
                }
            }
        }
        return replaced(weights, sums, seen);
    }

    private static Program program(
            PixelNetwork model, Parameters weights, int[] sizes, Backend backend, Precision precision) {
        Graph graph = new Graph();
        model.build(Scope.training(graph, DropRates.none()), graph.input(PixelNetwork.PIXELS, sizes));
        Map<String, Tensor> all = new LinkedHashMap<>();
        weights.names().forEach(name -> all.put(name, weights.tensor(name)));
        for (Map.Entry<Value, Value> update : List.copyOf(graph.updates().entrySet())) {
            String name = ((Parameter) update.getKey().node().op()).name();
            graph.output(name, update.getValue());
            // from zero, the next average is a fraction of the batch's statistic
            all.put(name, Tensor.zeros(DType.F32, update.getKey().shape()));
        }
        return backend.compile(graph, Parameters.of(all), precision);
    }

    private static void add(Map<String, double[]> sums, String name, Tensor value) {
        double[] sum =
                sums.computeIfAbsent(name, key -> new double[(int) value.shape().size()]);
        double[] each = value.toDoubles();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += each[i];
        }
    }

    private static Parameters replaced(Parameters weights, Map<String, double[]> sums, int batches) {
        double share = 1 - BatchNormLayer.standard().momentum();
        Map<String, Tensor> out = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(weights.names());
        for (String name : names) {
            double[] sum = sums.get(name);
            if (sum == null || batches == 0) {
                out.put(name, weights.tensor(name));
            } else {
                float[] mean = new float[sum.length];
                for (int i = 0; i < mean.length; i++) {
                    mean[i] = (float) (sum[i] / share / batches);
                }
                out.put(name, Tensor.of(mean, mean.length));
            }
        }
        return Parameters.of(out);
    }
}
