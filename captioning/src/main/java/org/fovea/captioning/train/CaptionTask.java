package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.TrainableCaptioner.Chance;
import org.fovea.captioning.model.TrainableCaptioner.Written;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.attention.CaptionAttention;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.Noise;
import org.fovea.core.policy.PolicyGradient;
import org.fovea.core.policy.PolicyGradient.Baseline;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Losses.Term;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;

/**
 * Captioning by teacher forcing: each word from the picture and the given words before it.
 *
 * @param images pictures of a batch
 * @param captionsEach captions of each picture of a batch
 * @param start first values of weights, such as those of a trained encoder; weights that it lacks begin at random
 * @param seed of random first values, places and words
 */
public record CaptionTask(
        TrainableCaptioner model,
        WordVocabulary vocabulary,
        int images,
        int captionsEach,
        DropRates rates,
        CaptionObjective objective,
        CaptionEvaluation evaluation,
        Optional<Parameters> start,
        long seed)
        implements Task<CaptionBatch> {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String IMPORTANCE = "importance";
    private static final String SEEN = "seen";
    private static final String GUMBEL = "gumbel";
    private static final String SOFT = "soft";
    private static final String OWN = "own";
    private static final String WORD_NOISE = "word_noise";
    private static final double SOFT_SHARE = 0.5; // Xu et al. 2015, section 4.1
    private static final double TINY = 1e-6; // keeps the logarithm finite
    private static final double BASELINE_DECAY = 0.9;

    @Override
    public Value loss() {
        Graph graph = new Graph();
        Scope scope = Scope.training(graph, rates);
        Value before = graph.indexInput(BEFORE, rows(), length());
        Written out = model.write(scope, images, before, chance(graph));
        graph.scope("loss");
        int words = rows() * length();
        Value after = graph.constant(identity(vocabulary.size())).gather(0, graph.indexInput(AFTER, words));
        Value importance = graph.input(IMPORTANCE, words, 1); // 0 for padding
        Value logits = out.logits().reshape(words, vocabulary.size());
        List<Term> terms = new ArrayList<>();
        terms.add(new Term(Losses.crossEntropy(logits, after.multiply(importance), 0), 1));
        if (objective.doublyStochastic() > 0) {
            Value weights = out.attention(); // [rows, T, L]
            Value seen = seen(graph).reshape(rows(), length(), 1);
            terms.add(new Term(CaptionAttention.penalty(weights.multiply(seen), 1), objective.doublyStochastic()));
        }
        if (objective.focus() > 0) {
            terms.add(new Term(spread(out.attention(), seen(graph)), objective.focus()));
        }
        out.gaze().filter(gaze -> isHard()).ifPresent(gaze -> terms.add(gaze(scope, gaze, logits, after)));
        return Losses.sum(terms);
    }

    /** Mean entropy of the weights {@code [rows, T, L]} over the words that are seen {@code [rows, T]}. */
    private static Value spread(Value weights, Value seen) {
        Value entropy = weights.multiply(weights.affine(1, TINY).log()).sum(false, 2); // [rows, T], negative
        return entropy.multiply(seen)
                .sum(false, 0, 1)
                .divide(seen.sum(false, 0, 1))
                .negate();
    }

    /** The policy gradient of hard attention, whose return is the mean log-probability of a caption's words. */
    private Term gaze(Scope scope, TrainableCaptioner.Gaze gaze, Value logits, Value after) {
        Value seen = seen(scope.graph());
        Value likelihood = logits.logSoftmax(1).multiply(after).sum(false, 1).reshape(rows(), length());
        Value returns = likelihood.multiply(seen).sum(true, 1).divide(seen.sum(true, 1)); // [rows, 1]
        Value loss = new PolicyGradient(objective.gazeEntropy())
                .loss(
                        gaze.logProbabilities().multiply(seen),
                        gaze.entropies().multiply(seen),
                        returns,
                        Baseline.movingAverage(scope.child("gaze"), BASELINE_DECAY));
        return new Term(loss, objective.gaze());
    }

    private Value seen(Graph graph) {
        Value known = graph.inputs().get(SEEN);
        return known == null ? graph.input(SEEN, rows(), length()) : known;
    }

    private Chance chance(Graph graph) {
        boolean hard = isHard();
        boolean own = objective.ownWords() > 0;
        return new Chance(
                optional(hard, () -> graph.input(GUMBEL, rows(), length(), model.memoryTokens())),
                optional(hard, () -> graph.input(SOFT, rows(), 1, 1)),
                optional(own, () -> graph.input(OWN, rows(), length())),
                optional(own, () -> graph.input(WORD_NOISE, rows(), length(), vocabulary.size())));
    }

    private static Optional<Value> optional(boolean there, Supplier<Value> value) {
        return there ? Optional.of(value.get()) : Optional.empty();
    }

    private boolean isHard() {
        return model instanceof ShowAttendTell decoder && decoder.looking() == Looking.HARD;
    }

    /** Number of captions of a batch. */
    int rows() {
        return images * captionsEach;
    }

    /** Words of a caption, T. */
    int length() {
        return model.positions();
    }

    @Override
    public WeightSource initialParameters() {
        return InitialParameters.of(loss().graph(), seed, start);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the batch has another number of captions
     */
    @Override
    public Map<String, Tensor> inputs(CaptionBatch batch, Step step) {
        check(batch);
        int[][] captions = batch.captions().stream()
                .map(text -> vocabulary.encode(text, length()))
                .toArray(int[][]::new);
        float[] weights = new float[rows()];
        Arrays.fill(weights, 1);
        Map<String, Tensor> inputs = inputs(captions, weights, step.number());
        inputs.put(CaptionerModel.PIXELS, batch.pixels());
        return inputs;
    }

    /** Checks the number of captions. */
    void check(CaptionBatch batch) {
        if (batch.captions().size() != rows()) {
            throw new IllegalArgumentException("CaptionTask: every batch must have " + images + " pictures of "
                    + captionsEach + " captions each, got " + batch.captions().size() + " captions");
        }
    }

    /** Inputs but the pictures, for captions {@code [rows][T]} and the weight of each in the loss. */
    Map<String, Tensor> inputs(int[][] captions, float[] weights, long step) {
        Map<String, Tensor> inputs = words(captions, weights);
        chance(inputs, step);
        return inputs;
    }

    private Map<String, Tensor> words(int[][] captions, float[] weights) {
        int length = length();
        int[] before = new int[rows() * length];
        int[] after = new int[rows() * length];
        float[] seen = new float[rows() * length];
        float[] importance = new float[rows() * length];
        int count = 0;
        for (int i = 0; i < after.length; i++) {
            after[i] = captions[i / length][i % length];
            before[i] = i % length == 0 ? WordVocabulary.START : after[i - 1];
            seen[i] = after[i] == WordVocabulary.PAD ? 0 : 1;
            count += after[i] == WordVocabulary.PAD ? 0 : 1;
        }
        for (int i = 0; i < after.length; i++) {
            importance[i] = seen[i] * weights[i / length] * after.length / count; // the mean is over words
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(BEFORE, Tensor.of(before, rows(), length));
        inputs.put(AFTER, Tensor.of(after, after.length));
        inputs.put(IMPORTANCE, Tensor.of(importance, after.length, 1));
        if (isHard() || objective.doublyStochastic() > 0 || objective.focus() > 0) {
            inputs.put(SEEN, Tensor.of(seen, rows(), length));
        }
        return inputs;
    }

    private void chance(Map<String, Tensor> inputs, long step) {
        SplittableRandom random = new SplittableRandom(seed * 31 + step);
        if (isHard()) {
            inputs.put(GUMBEL, Noise.GUMBEL.draw(GUMBEL + step, seed, rows(), length(), model.memoryTokens()));
            inputs.put(SOFT, coins(random, SOFT_SHARE, rows()).reshape(rows(), 1, 1));
        }
        if (objective.ownWords() > 0) {
            inputs.put(
                    OWN,
                    coins(random, objective.ownWords(step), rows() * length()).reshape(rows(), length()));
            inputs.put(WORD_NOISE, Noise.GUMBEL.draw(WORD_NOISE + step, seed, rows(), length(), vocabulary.size()));
        }
    }

    private static Tensor coins(SplittableRandom random, double probability, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = random.nextDouble() < probability ? 1 : 0;
        }
        return Tensor.of(out, count);
    }

    private static Tensor identity(int size) {
        float[] out = new float[size * size];
        for (int i = 0; i < size; i++) {
            out[i * size + i] = 1;
        }
        return Tensor.of(out, size, size);
    }

    @Override
    public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        return score(evaluation, 1, weights, backend, precision);
    }

    /**
     * Scores weights by any evaluation.
     *
     * @param beams of the search for captions; 1 takes the likeliest word each time
     */
    public Metrics score(CaptionEvaluation other, int beams, Parameters weights, Backend backend, Precision precision) {
        try (SearchWriter writer = new SearchWriter(model, vocabulary, images, beams, backend, weights, precision)) {
            return other.score(writer);
        }
    }
}
