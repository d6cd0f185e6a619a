package org.fovea.captioning.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.metric.Cider;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.TrainableCaptioner.Written;
import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;

/**
 * Self-critical training: captions that the model draws itself become likelier or less likely by their reward, which is CIDEr-D in
 * the papers. A drawn caption is compared with the others that were drawn for its picture, whose mean is the baseline. One program
 * draws word by word, and another learns from what was drawn by teacher forcing, whatever the decoder. Start from weights that have
 * learned the words. Holds native memory until it is closed.
 *
 * @see <a href="https://arxiv.org/abs/1612.00563">Rennie et al. 2017</a>
 * @see <a href="https://arxiv.org/abs/2003.09971">Luo 2020, the baseline</a>
 */
public final class SelfCriticalTask implements Task<CaptionBatch>, AutoCloseable {
    private static final String PICKED = "picked";

    private final CaptionTask words;
    private final CaptionReward rewards;
    private final CaptionInputs inputs;
    private final TrainingProgram sampler;
    private final List<String> weights;
    private double reward = Double.NaN;

    /**
     * Creates a task with the reward CIDEr-D that samples captions on a backend.
     *
     * @param words task whose loss, initial weights and evaluation are used; at least two captions per picture
     * @param cider with the document frequencies of the training captions
     */
    public SelfCriticalTask(CaptionTask words, Cider cider, Backend backend, Precision precision) {
        this(words, CaptionReward.cider(cider), backend, precision);
    }

    /**
     * Creates a task with another reward.
     *
     * @param words task whose loss, initial weights and evaluation are used; at least two captions per picture
     */
    public SelfCriticalTask(CaptionTask words, CaptionReward rewards, Backend backend, Precision precision) {
        Check.atLeast(2, "SelfCriticalTask: captions of each picture", words.captionsEach());
        this.words = words;
        this.rewards = rewards;
        this.inputs = new CaptionInputs(words);
        Graph graph = new Graph();
        Written drawn =
                words.model().write(Scope.of(graph), words.images(), inputs.before(graph), inputs.drawing(graph));
        graph.output(PICKED, drawn.picked().orElseThrow());
        this.weights = List.copyOf(graph.parameters().keySet());
        this.sampler = backend.compileTraining(graph, words.initialParameters(), precision);
    }

    @Override
    public Value loss() {
        return CaptionLoss.reward(words);
    }

    @Override
    public WeightSource initialParameters() {
        return words.initialParameters();
    }

    @Override
    public Map<String, Tensor> inputs(CaptionBatch batch, Step step) {
        words.check(batch);
        weights.forEach(name -> sampler.setParameter(name, step.weights().tensor(name)));
        int[][] drawn = draw(batch.pixels(), step.number());
        Map<String, Tensor> fed = words.inputs(drawn, advantages(drawn, batch), step.number());
        fed.put(CaptionerModel.PIXELS, batch.pixels());
        return fed;
    }

    /** Captions sampled from the model, {@code [rows][T]}. */
    int[][] draw(Tensor pixels, long step) {
        int rows = words.rows();
        int length = words.length();
        Map<String, Tensor> fed = new HashMap<>(inputs.drawing(step));
        fed.put(CaptionerModel.PIXELS, pixels);
        long[] picked = sampler.run(fed).get(PICKED).toLongs();
        int[][] out = new int[rows][length];
        for (int row = 0; row < rows; row++) {
            boolean ended = false;
            for (int t = 0; t < length; t++) {
                int word = (int) picked[row * length + t];
                out[row][t] = ended ? words.vocabulary().tokens().pad() : word;
                ended |= word == words.vocabulary().end();
            }
        }
        return out;
    }

    /** Reward of each caption minus the mean reward of the other captions of its picture. */
    private float[] advantages(int[][] drawn, CaptionBatch batch) {
        int each = words.captionsEach();
        double[] scores = rewards.of(
                batch, Arrays.stream(drawn).map(words.vocabulary()::decode).toList());
        float[] out = new float[drawn.length];
        for (int row = 0; row < out.length; row++) {
            int first = row / each * each;
            double sum = Arrays.stream(scores, first, first + each).sum();
            out[row] = (float) (scores[row] - (sum - scores[row]) / (each - 1));
        }
        reward = Arrays.stream(scores).average().orElseThrow();
        return out;
    }

    /** Mean reward of the captions sampled for the last batch; NaN before the first. */
    public double reward() {
        return reward;
    }

    @Override
    public Metrics evaluate(Parameters learned, Backend backend, Precision precision) {
        return words.evaluate(learned, backend, precision);
    }

    @Override
    public void close() {
        sampler.close();
    }
}
