package org.fovea.vit.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.DropoutContext;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

class CompactEncoderTest {
    private static final CctConfig SMALL =
            new CctConfig(new CompactEncoder(8, 8, 3, new ConvTokenizer(3, 1, 2, 6), 8, 2, 2, 8), 3);
    private static final DropRates RATES = new DropRates(0.1, 0.1, 0.3);

    @Test
    void backendsAgreeAndTheReadingSumsToOne() {
        Tensor pixels = pixels(SMALL, 2);
        Graph graph = SMALL.inferenceGraph(2, Set.of(Extra.ATTENTIONS, Extra.HIDDEN_STATES));
        Parameters weights = SMALL.randomParameters(1);
        Map<String, Tensor> expected = run(new Nd4jBackend(), Precision.F64, graph, weights, pixels);
        Map<String, Tensor> actual = run(Backends.automatic(), Precision.F32, graph, weights, pixels);
        assertEquals(expected.keySet(), actual.keySet());
        assertTrue(expected.containsKey("attentions.1"), expected.keySet().toString());
        expected.forEach(
                (name, t) -> assertArrayEquals(t.toDoubles(), actual.get(name).toDoubles(), 1e-5, name));
        double[] reading = expected.get(CctConfig.POOLING_WEIGHTS).toDoubles();
        double sum = 0;
        for (int i = 0; i < SMALL.tokenCount(); i++) {
            sum += reading[i];
        }
        assertEquals(1, sum, 1e-12);
    }

    /** The residual path after the norm: with all maps at zero the block is the norm of its input. */
    @Test
    void secondResidualStartsAfterItsNorm() {
        CctConfig one =
                new CctConfig(new CompactEncoder(8, 8, 3, SMALL.encoder().tokenizer(), 8, 1, 2, 8), 3);
        Parameters random = one.randomParameters(3);
        Map<String, Tensor> weights = new HashMap<>();
        for (String name : random.names()) {
            boolean zero = name.startsWith("blocks.0.attention.output") || name.startsWith("blocks.0.feed_forward.out");
            float[] values = random.floats(name);
            weights.put(
                    name,
                    Tensor.of(
                            zero ? new float[values.length] : values,
                            random.shape(name).toArray()));
        }
        Graph graph = one.inferenceGraph(1, Set.of(Extra.HIDDEN_STATES));
        Map<String, Tensor> out = run(new Nd4jBackend(), Precision.F64, graph, Parameters.of(weights), pixels(one, 1));
        double[] in = out.get("hidden_states.0").toDoubles();
        double[] y = out.get("hidden_states.1").toDoubles();
        double mean = 0;
        for (int i = 0; i < 8; i++) {
            mean += in[i] / 8;
        }
        double variance = 0;
        for (int i = 0; i < 8; i++) {
            variance += (in[i] - mean) * (in[i] - mean) / 8;
        }
        for (int i = 0; i < 8; i++) {
            assertEquals((in[i] - mean) / Math.sqrt(variance + 1e-5), y[i], 1e-6);
        }
    }

    @Test
    void dropsFollowTheSeedAndAskForTheLearnedWeightsAlone() {
        Graph graph = SMALL.trainingGraph(4, RATES);
        assertEquals(SMALL.parameterShapes().keySet(), graph.parameters().keySet());
        float[] first = dropped(graph, 1);
        assertArrayEquals(first, dropped(graph, 1), "one seed drops the same");
        assertFalse(Arrays.equals(first, dropped(graph, 2)), "another seed drops others");
        assertTrue(SMALL.trainingGraph(1, DropRates.none()).inputs().containsKey(ClassifierConfig.PIXELS));
        assertFalse(SMALL.trainingGraph(1, DropRates.none()).inputs().containsKey(DropoutContext.SEED));
    }

    @Test
    void firstBlockIsNeverLeftOut() {
        assertEquals(0, RATES.ofBlock(0, 3).path());
        assertEquals(0.15, RATES.ofBlock(1, 3).path(), 1e-12);
        assertEquals(0.3, RATES.ofBlock(2, 3).path(), 1e-12);
    }

    private static float[] dropped(Graph graph, int seed) {
        Map<String, Tensor> inputs =
                Map.of(ClassifierConfig.PIXELS, pixels(SMALL, 4), DropoutContext.SEED, Tensor.of(new int[] {seed}, 1));
        return compileAndRun(graph, SMALL.randomParameters(2), inputs)
                .get(ClassifierConfig.LOGITS)
                .toFloats();
    }

    private static Map<String, Tensor> compileAndRun(Graph graph, Parameters weights, Map<String, Tensor> inputs) {
        try (Program program = new Nd4jBackend().compile(graph, weights, Precision.F64)) {
            return program.run(inputs);
        }
    }

    private static Map<String, Tensor> run(
            Backend backend, Precision precision, Graph graph, Parameters weights, Tensor pixels) {
        try (Program program = backend.compile(graph, weights, precision)) {
            return program.run(Map.of(ClassifierConfig.PIXELS, pixels));
        }
    }

    private static Tensor pixels(CctConfig config, int batch) {
        Random random = new Random(4);
        float[] values = new float[batch * config.channels() * config.imageHeight() * config.imageWidth()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(values, batch, config.channels(), config.imageHeight(), config.imageWidth());
    }
}
