package org.fovea.studies.glimpses;

import java.util.Map;
import java.util.Random;
import org.fovea.core.attention.RecurrentAttentionModel;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.CategoricalPolicy;
import org.fovea.core.policy.PolicyGradient;
import org.fovea.core.tensor.Tensor;

/** Decides where the model looks; the first glimpse is anywhere. */
enum Gaze {
    /** The model, by a policy that the reward for right answers trains. */
    LEARNED {
        @Override
        Value build(Graph graph, RecurrentAttentionModel model, Value images, Value targets) {
            int batch = images.shape().dim(0);
            RecurrentAttentionModel.Result result = model.build(
                    Scope.of(graph),
                    images,
                    graph.input(START, batch, 2),
                    graph.input(NOISE, batch, model.glimpses() - 1, 2));
            graph.output(LOGITS, result.logits());
            Value reward = new CategoricalPolicy(result.logits())
                    .mode()
                    .multiply(targets)
                    .sum(true, 1); // [B, 1]
            return new PolicyGradient(0)
                    .loss(result.logProbabilities(), reward, PolicyGradient.Baseline.learned(result.predictions(), 1));
        }

        @Override
        Map<String, Tensor> inputs(RecurrentAttentionModel model, int batch, Random random, double noise) {
            int later = model.glimpses() - 1;
            float[] normal = new float[batch * later * 2];
            for (int i = 0; i < normal.length; i++) {
                normal[i] = (float) (noise * random.nextGaussian());
            }
            return Map.of(START, anywhere(random, batch, 2), NOISE, Tensor.of(normal, batch, later, 2));
        }
    },

    /** Chance. */
    RANDOM {
        @Override
        Value build(Graph graph, RecurrentAttentionModel model, Value images, Value targets) {
            int batch = images.shape().dim(0);
            Value points = graph.input(START, batch, model.glimpses(), 2);
            graph.output(LOGITS, model.buildAt(Scope.of(graph), images, points));
            return graph.fill(0);
        }

        @Override
        Map<String, Tensor> inputs(RecurrentAttentionModel model, int batch, Random random, double noise) {
            return Map.of(START, anywhere(random, batch, model.glimpses(), 2));
        }
    };

    static final String LOGITS = "logits";
    private static final String START = "start";
    private static final String NOISE = "noise";

    /**
     * Adds the model and names its {@link #LOGITS}.
     *
     * @param targets {@code [B, K]}
     * @return the loss of the choices where to look
     */
    abstract Value build(Graph graph, RecurrentAttentionModel model, Value images, Value targets);

    /**
     * Draws this gaze's inputs.
     *
     * @param noise factor of the policy's deviation: 1 to explore, 0 to look where it likes best
     */
    abstract Map<String, Tensor> inputs(RecurrentAttentionModel model, int batch, Random random, double noise);

    private static Tensor anywhere(Random random, int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = 2 * random.nextFloat() - 1;
        }
        return Tensor.of(out, sizes);
    }
}
