package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.List;
import org.fovea.captioning.model.TrainableCaptioner.Gaze;
import org.fovea.captioning.model.TrainableCaptioner.Written;
import org.fovea.core.attention.CaptionAttention;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.PolicyGradient;
import org.fovea.core.policy.PolicyGradient.Baseline;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Losses.Term;

/** The graph of teacher forcing that ends in a loss. */
final class CaptionLoss {
    private static final double TINY = 1e-6; // keeps the logarithm finite
    private static final double BASELINE_DECAY = 0.9;

    private final CaptionTask task;
    private final CaptionInputs inputs;
    private final Graph graph = new Graph();
    private final Scope scope;
    private final Written out;
    private final Value logits; // [rows · T, V]
    private final Value after;
    private final Value importance;

    private CaptionLoss(CaptionTask task) {
        this.task = task;
        this.inputs = new CaptionInputs(task);
        this.scope = Scope.training(graph, task.rates());
        this.out = task.model().write(scope, task.images(), inputs.before(graph), inputs.chance(graph));
        graph.scope("loss");
        this.after = inputs.after(graph);
        this.importance = inputs.importance(graph);
        this.logits = out.logits()
                .reshape(task.rows() * task.length(), task.vocabulary().size());
    }

    /** Loss by likelihood: the reward of each choice of hard attention is the likelihood of its caption. */
    static Value likelihood(CaptionTask task) {
        CaptionLoss loss = new CaptionLoss(task);
        return loss.sum(loss::byLikelihood);
    }

    /** Loss by a reward, which weights each caption and also rewards the choices of hard attention. */
    static Value reward(CaptionTask task) {
        CaptionLoss loss = new CaptionLoss(task);
        return loss.sum(loss::byReward);
    }

    /** A policy gradient of choices, all {@code [rows, T]}. */
    @FunctionalInterface
    private interface Credit {
        Value loss(PolicyGradient gradient, Value logProbabilities, Value entropies);
    }

    private Value sum(Credit credit) {
        CaptionObjective objective = task.objective();
        List<Term> terms = new ArrayList<>();
        terms.add(new Term(Losses.crossEntropy(logits, targets(), 0), 1));
        if (objective.doublyStochastic() > 0) {
            Value seen = inputs.seen(graph).reshape(task.rows(), task.length(), 1);
            Value weights = out.attention().multiply(seen); // [rows, T, L]
            terms.add(new Term(CaptionAttention.penalty(weights, 1), objective.doublyStochastic()));
        }
        if (objective.focus() > 0) {
            terms.add(new Term(spread(), objective.focus()));
        }
        out.gaze().filter(gaze -> task.isHard()).ifPresent(gaze -> terms.add(gaze(gaze, credit)));
        return Losses.sum(terms);
    }

    /** Targets {@code [rows · T, V]}: the weight of each word at the word's index, 0 elsewhere. */
    private Value targets() {
        int size = Math.toIntExact(logits.shape().size());
        return graph.fill(0, size)
                .scatterUpdate(0, after, importance)
                .reshape(logits.shape().toArray());
    }

    /** Mean entropy of the attention, over all words, in nats. */
    private Value spread() {
        Value weights = out.attention(); // [rows, T, L]
        Value seen = inputs.seen(graph);
        Value entropy = weights.multiply(weights.affine(1, TINY).log()).sum(false, 2); // [rows, T], negative
        return entropy.multiply(seen)
                .sum(false, 0, 1)
                .divide(seen.sum(false, 0, 1))
                .negate();
    }

    private Term gaze(Gaze gaze, Credit credit) {
        Value seen = inputs.seen(graph);
        Value loss = credit.loss(
                new PolicyGradient(task.objective().gazeEntropy()),
                gaze.logProbabilities().multiply(seen),
                gaze.entropies().multiply(seen));
        return new Term(loss, task.objective().gaze());
    }

    /** Policy gradient whose return is the mean log-probability of a caption's words. */
    private Value byLikelihood(PolicyGradient gradient, Value logProbabilities, Value entropies) {
        Value seen = inputs.seen(graph);
        Value likelihood = logits.logSoftmax(1)
                .reshape(Math.toIntExact(logits.shape().size()))
                .gather(0, after)
                .reshape(task.rows(), task.length());
        Value returns = likelihood.multiply(seen).sum(true, 1).divide(seen.sum(true, 1)); // [rows, 1]
        return gradient.loss(
                logProbabilities, entropies, returns, Baseline.movingAverage(scope.child("gaze"), BASELINE_DECAY));
    }

    /** Policy gradient whose return is the weight of the choice's word, so that words and choices count alike. */
    private Value byReward(PolicyGradient gradient, Value logProbabilities, Value entropies) {
        Value returns = importance.affine(1.0 / task.length(), 0).reshape(task.rows(), task.length());
        return gradient.loss(logProbabilities, entropies, returns, Baseline.none());
    }
}
