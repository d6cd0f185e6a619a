package org.fovea.core.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.fovea.core.tensor.Nd4jTensors;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The bridge's care of its programs. */
class EngineLayerTest {
    private static final Zoo ATTENTION = Zoo.all().get(0);

    private static EngineLayer layer() {
        return (EngineLayer) ATTENTION.network(DataType.FLOAT).getLayer(1);
    }

    private static INDArray sequences(int steps) {
        return Nd4j.linspace(DataType.FLOAT, -1, 0.1, Zoo.CHANNELS * steps).reshape(1, Zoo.CHANNELS, steps);
    }

    @Test
    void programsOfManyLengthsStayWithinABound() {
        try (ClosingLayer held = new ClosingLayer(layer())) {
            INDArray first = Zoo.activate(held.layer(), sequences(1));
            for (int steps = 2; steps <= LayerPrograms.MOST + 3; steps++) {
                Zoo.activate(held.layer(), sequences(steps));
            }
            assertEquals(LayerPrograms.MOST, held.layer().programs().count());
            assertEquals(first, Zoo.activate(held.layer(), sequences(1)));
        }
    }

    private record ClosingLayer(EngineLayer layer) implements AutoCloseable {
        @Override
        public void close() {
            layer.close();
        }
    }

    @Test
    void closingFreesTheProgramsAndALaterRunMakesThemAnew() {
        EngineLayer layer = layer();
        INDArray first = Zoo.activate(layer, sequences(3));
        LayerPrograms programs = layer.programs();
        assertEquals(1, programs.count());
        layer.close();
        assertEquals(0, programs.count());
        assertEquals(first, Zoo.activate(layer, sequences(3)));
        layer.close();
    }

    /** DeepLearning4j's networks do not close their layers. */
    @Test
    void programsOfANetworkThatIsGoneAreFreed() throws InterruptedException {
        LayerPrograms programs = programsOfANetwork();
        assertEquals(1, programs.count());
        for (int i = 0; i < 200 && programs.count() > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertEquals(0, programs.count());
    }

    private static LayerPrograms programsOfANetwork() {
        EngineLayer layer = layer();
        Zoo.activate(layer, sequences(3));
        return layer.programs();
    }

    @Test
    void clonesRunInThreads() throws Exception {
        MultiLayerNetwork network = ATTENTION.network(DataType.FLOAT);
        INDArray input = ATTENTION.input(DataType.FLOAT);
        Tensor expected = Nd4jTensors.toTensor(network.output(input));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Tensor>> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                MultiLayerNetwork clone = network.clone();
                results.add(threads.submit(() -> {
                    for (int run = 0; run < 10; run++) {
                        clone.output(input);
                    }
                    return Nd4jTensors.toTensor(clone.output(input));
                }));
            }
            for (Future<Tensor> result : results) {
                Tensors.assertClose(expected, result.get(), 1e-6);
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Threads that share the programs and bring parameters of their own: each result belongs to its parameters. */
    @Test
    void programsAreThreadSafe() throws Exception {
        EngineLayer layer = layer();
        Tensor x = Nd4jTensors.toTensor(sequences(3));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (LayerPrograms programs = LayerPrograms.of(layer.layerConf(), DataType.FLOAT)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                int bias = i;
                results.add(threads.submit(() -> onlyBias(programs, layer.layerConf(), x, bias)));
            }
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    /** With weights of 0 the result is the last bias everywhere. */
    private static boolean onlyBias(LayerPrograms programs, BlockLayer layer, Tensor x, int bias) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        layer.shapes().forEach((name, shape) -> {
            float[] values = new float[(int) shape.size()];
            Arrays.fill(values, name.equals("output.bias") ? bias : 0);
            parameters.put(name, Tensor.of(values, shape.toArray()));
        });
        boolean right = true;
        for (int run = 0; run < 20; run++) {
            float[] y =
                    programs.forward(Map.of(LayerPrograms.INPUT, x), parameters).toFloats();
            for (float value : y) {
                right &= value == bias;
            }
        }
        return right;
    }
}
