package org.fovea.captioning.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.attention.AdditiveAttention;
import org.fovea.core.attention.HardAttention;
import org.fovea.core.attention.SequenceAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;

/** Hard attention with the gate of {@link org.fovea.core.attention.CaptionAttention}, which remembers its choices step by step. */
final class HardGaze implements SequenceAttention {
    private final int hidden;
    private final Optional<Value> gumbel;
    private final Optional<Value> soft;
    private final List<HardAttention.Result> steps = new ArrayList<>();

    HardGaze(int hidden, Optional<Value> gumbel, Optional<Value> soft) {
        this.hidden = hidden;
        this.gumbel = gumbel;
        this.soft = soft;
    }

    /** Attention that always chooses the most likely position. */
    HardGaze(int hidden) {
        this(hidden, Optional.empty(), Optional.empty());
    }

    @Override
    public Value project(Scope scope, Value memory) {
        return new AdditiveAttention(hidden).project(scope, memory);
    }

    @Override
    public AttentionOutput attend(Scope scope, Value queries, Value projected, Value memory, Value... biases) {
        int step = steps.size();
        int rows = queries.shape().dim(0);
        int places = memory.shape().dim(1);
        Value noise = gumbel.map(all -> all.slice(1, step, step + 1))
                .orElseGet(() -> queries.graph().fill(0, rows, 1, places));
        Value mean = soft.orElseGet(() -> queries.graph().fill(0, 1, 1, 1));
        HardAttention.Result read =
                new HardAttention(hidden).attend(scope, queries, projected, memory, noise, mean, biases);
        steps.add(read);
        Value gate =
                new LinearLayer(1, true).build(scope.child("gate"), queries).sigmoid(); // [rows, 1, 1]
        return AttentionOutput.of(read.values().multiply(gate), read::weights);
    }

    /** Choices of all steps so far; empty before the first step. */
    Optional<TrainableCaptioner.Gaze> gaze() {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TrainableCaptioner.Gaze(
                join(steps.stream().map(HardAttention.Result::logProbabilities).toList()),
                join(steps.stream().map(HardAttention.Result::entropies).toList())));
    }

    private static Value join(List<Value> all) {
        return all.get(0).concat(1, all.subList(1, all.size()).toArray(Value[]::new)); // [rows, T]
    }
}
