package org.fovea.captioning.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.fovea.captioning.model.TrainableCaptioner.Chance;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.policy.Noise;
import org.fovea.core.tensor.Tensor;

/** Inputs of the graphs of a {@link CaptionTask} beside the pictures: words, their weights, and what is random. */
final class CaptionInputs {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String IMPORTANCE = "importance";
    private static final String SEEN = "seen";
    private static final String GUMBEL = "gumbel";
    private static final String SOFT = "soft";
    private static final String OWN = "own";
    private static final String WORD_NOISE = "word_noise";
    private static final double SOFT_SHARE = 0.5; // Xu et al. 2015, section 4.1

    private final CaptionTask task;
    private final int rows;
    private final int length;
    private final int vocabulary;

    CaptionInputs(CaptionTask task) {
        this.task = task;
        this.rows = task.rows();
        this.length = task.length();
        this.vocabulary = task.vocabulary().size();
    }

    /** Ids of the previous word at each position, {@code [rows, T]}. */
    Value before(Graph graph) {
        return graph.indexInput(BEFORE, rows, length);
    }

    /** Offsets of the next words in flattened scores {@code [rows · T · V]}: {@code [rows · T]}. */
    Value after(Graph graph) {
        return graph.indexInput(AFTER, rows * length);
    }

    /** Weights of the words in the mean loss, {@code [rows · T]}: 0 for padding. */
    Value importance(Graph graph) {
        return graph.input(IMPORTANCE, rows * length);
    }

    /** 1 for words and 0 for padding, {@code [rows, T]}. */
    Value seen(Graph graph) {
        Value known = graph.inputs().get(SEEN);
        return known == null ? graph.input(SEEN, rows, length) : known;
    }

    /** Randomness of teacher forcing. */
    Chance chance(Graph graph) {
        boolean own = task.objective().ownWords() > 0;
        return new Chance(
                optional(task.isHard(), () -> gumbel(graph)),
                optional(task.isHard(), () -> soft(graph)),
                optional(own, () -> graph.input(OWN, rows, length)),
                optional(own, () -> wordNoise(graph)));
    }

    /** Randomness for sampling captions, with attention as in {@link #chance}. */
    Chance drawing(Graph graph) {
        return new Chance(
                optional(task.isHard(), () -> gumbel(graph)),
                optional(task.isHard(), () -> soft(graph)),
                Optional.of(graph.fill(1, rows, length)),
                Optional.of(wordNoise(graph)));
    }

    private Value gumbel(Graph graph) {
        return graph.input(GUMBEL, rows, length, task.model().memoryTokens());
    }

    private Value soft(Graph graph) {
        return graph.input(SOFT, rows, 1, 1);
    }

    private Value wordNoise(Graph graph) {
        return graph.input(WORD_NOISE, rows, length, vocabulary);
    }

    private static Optional<Value> optional(boolean there, Supplier<Value> value) {
        return there ? Optional.of(value.get()) : Optional.empty();
    }

    /** Values of the inputs for captions {@code [rows][T]} and the weight of each in the loss. */
    Map<String, Tensor> words(int[][] captions, float[] weights) {
        int[] before = new int[rows * length];
        int[] after = new int[rows * length];
        float[] seen = new float[rows * length];
        float[] importance = new float[rows * length];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            boolean ended = false;
            for (int t = 0; t < length; t++) {
                int i = row * length + t;
                int word = captions[row][t];
                after[i] = Math.addExact(Math.multiplyExact(i, vocabulary), word);
                before[i] = t == 0 ? task.vocabulary().start() : captions[row][t - 1];
                seen[i] = ended ? 0 : 1;
                count += ended ? 0 : 1;
                ended |= word == task.vocabulary().end();
            }
        }
        for (int i = 0; i < after.length; i++) {
            importance[i] = seen[i] * weights[i / length] * after.length / count; // makes the loss a mean over words
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(BEFORE, Tensor.of(before, rows, length));
        inputs.put(AFTER, Tensor.of(after, after.length));
        inputs.put(IMPORTANCE, Tensor.of(importance, after.length));
        if (task.isHard()
                || task.objective().doublyStochastic() > 0
                || task.objective().focus() > 0) {
            inputs.put(SEEN, Tensor.of(seen, rows, length));
        }
        return inputs;
    }

    /** Values of {@link #chance} at a training step. */
    Map<String, Tensor> chance(long step) {
        SplittableRandom random = new SplittableRandom(task.seed() * 31 + step);
        Map<String, Tensor> inputs = new HashMap<>(looks(random, step));
        if (task.objective().ownWords() > 0) {
            double probability = task.objective().ownWords(step);
            inputs.put(OWN, coins(random, probability, rows * length).reshape(rows, length));
            inputs.put(WORD_NOISE, Noise.GUMBEL.draw(WORD_NOISE + step, task.seed(), rows, length, vocabulary));
        }
        return inputs;
    }

    /** Values of {@link #drawing} at a training step, and of the previous words, of which only the first are read. */
    Map<String, Tensor> drawing(long step) {
        Map<String, Tensor> inputs = new HashMap<>(looks(new SplittableRandom(task.seed() * 31 + step), step));
        int[] starts = new int[rows * length];
        Arrays.fill(starts, task.vocabulary().start()); // only the first of each row is read
        inputs.put(BEFORE, Tensor.of(starts, rows, length));
        inputs.put(WORD_NOISE, Noise.GUMBEL.draw("noise" + step, task.seed(), rows, length, vocabulary));
        return inputs;
    }

    private Map<String, Tensor> looks(SplittableRandom random, long step) {
        if (!task.isHard()) {
            return Map.of();
        }
        int places = task.model().memoryTokens();
        return Map.of(
                GUMBEL,
                Noise.GUMBEL.draw(GUMBEL + step, task.seed(), rows, length, places),
                SOFT,
                coins(random, SOFT_SHARE, rows).reshape(rows, 1, 1));
    }

    private static Tensor coins(SplittableRandom random, double probability, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = random.nextDouble() < probability ? 1 : 0;
        }
        return Tensor.of(out, count);
    }
}
