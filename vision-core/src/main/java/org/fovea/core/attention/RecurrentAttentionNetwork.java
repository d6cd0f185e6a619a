package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.RecurrentCell;
import org.fovea.core.nn.Scope;

/**
 * RAN, an agent that attends to the places of what it sees now and to what it saw before: z_t = attention(h_{t-1}; places of frame
 * t), c_t = attention([h_{t-1}; z_t]; z_1 … z_{t-1}), h_t = cell([z_t; c_t], h_{t-1}), policy = softmax(W h_t), baseline =
 * w·h_t; both attentions additive. Trained by a policy gradient.
 *
 * <p>With one frame c is zero, and what is left is RAM with soft attention in the place of its sensor.
 *
 * @param hidden units of the two alignment models
 * @param cell recurrent cell that computes h
 * @param actions number of actions to choose from
 * @param memory memory that the agent keeps between steps
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, for the agent</a>
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al. 2015, for the attention</a>
 */
public record RecurrentAttentionNetwork(int hidden, RecurrentCell cell, int actions, Memory memory) {
    /** Memory of an agent from step to step. */
    public enum Memory {
        /** No memory: each step is like the first, with h and c zero; for comparison. */
        NONE,
        /** State h; c is zero. */
        STATE,
        /** State h, and all earlier z to attend to. */
        ATTENDED
    }

    /** Checks the sizes. */
    public RecurrentAttentionNetwork {
        Check.positive("RecurrentAttentionNetwork: hidden", hidden);
        Check.positive("RecurrentAttentionNetwork: actions", actions);
    }

    /**
     * One step.
     *
     * @param logits {@code [B, actions]}
     * @param prediction {@code [B, 1]}, predicted return
     * @param state h_t
     * @param seen {@code [B, 1, C]}, z_t, to be kept in memory
     * @param placeWeights {@code [B, 1, P]}, attention weights over the positions
     * @param memoryWeights {@code [B, 1, M]}, attention weights over earlier steps; empty at the first step
     */
    public record Step(
            Value logits,
            Value prediction,
            CellState state,
            Value seen,
            Value placeWeights,
            Optional<Value> memoryWeights) {}

    /**
     * All steps.
     *
     * @param logits {@code [B, T, actions]}
     * @param predictions {@code [B, T]}
     * @param steps results of each step
     */
    public record Result(Value logits, Value predictions, List<Step> steps) {}

    /**
     * Adds all steps over given frames, and the weights {@code places}, {@code memory}, {@code core}, {@code policy} and {@code
     * baseline}.
     *
     * @param frames {@code [B, T, P, C]}: features at P positions
     * @throws IllegalArgumentException when the shape does not fit
     */
    public Result build(Scope scope, Value frames) {
        Check.that(
                frames.shape().rank() == 4 && frames.shape().dim(1) >= 1,
                "RecurrentAttentionNetwork: frames",
                "be [B, T, P, C] with T at least 1",
                frames.shape());
        int batch = frames.shape().dim(0);
        int count = frames.shape().dim(1);
        CellState state = cell.start(frames.graph(), batch);
        List<Step> steps = new ArrayList<>();
        Scope again = scope.shared();
        for (int t = 0; t < count; t++) {
            Value frame = frames.slice(1, t, t + 1)
                    .reshape(batch, frames.shape().dim(2), frames.shape().dim(3)); // [B, P, C]
            Step step = t == 0
                    ? first(scope, frame, state)
                    : step(again, frame, state, joined(steps.stream().map(Step::seen)));
            steps.add(step);
            state = step.state;
        }
        Value logits = joined(steps.stream().map(s -> s.logits.reshape(batch, 1, actions)));
        Value predictions = joined(steps.stream().map(Step::prediction)); // [B, T]
        return new Result(logits, predictions, steps);
    }

    /** Adds the first step, without earlier ones. */
    public Step first(Scope scope, Value frame, CellState state) {
        return step(scope, frame, state, Optional.empty());
    }

    /**
     * Adds one step, for an agent whose actions determine the next frame.
     *
     * @param frame {@code [B, P, C]}
     * @param state h_{t-1}; zeros before the first step
     * @param before {@code [B, M, C]}, z of earlier steps
     * @param biases masks of {@code before}; each broadcasts to {@code [B, 1, M]}. If all steps are hidden, the result is that
     *     of {@link #first}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Step step(Scope scope, Value frame, CellState state, Value before, Value... biases) {
        return step(scope, frame, state, Optional.of(before), biases);
    }

    private Step step(Scope scope, Value frame, CellState given, Optional<Value> before, Value... biases) {
        int batch = frame.shape().dim(0);
        int channels = frame.shape().dim(-1);
        CellState state = memory == Memory.NONE ? cell.start(frame.graph(), batch) : given;
        AdditiveAttention attention = new AdditiveAttention(hidden);
        Value query = state.output().reshape(batch, 1, cell.width());
        AttentionOutput places = attention.build(scope.child("places"), query, frame); // [B, 1, C]
        Optional<AttentionOutput> read = before.filter(rows -> memory == Memory.ATTENDED)
                .map(rows -> attention.build(scope.child("memory"), query.concat(2, places.values()), rows, biases));
        Value context =
                read.map(AttentionOutput::values).orElseGet(() -> frame.graph().fill(0, batch, 1, channels));
        Value input = places.values().concat(2, context).reshape(batch, 2 * channels);
        CellState next = cell.step(scope.child("core"), input, state);
        Value logits = new LinearLayer(actions, true).build(scope.child("policy"), next.output());
        Value prediction = new LinearLayer(1, true).build(scope.child("baseline"), next.output());
        return new Step(
                logits, prediction, next, places.values(), places.weights(), read.map(AttentionOutput::weights));
    }

    private static Value joined(Stream<Value> values) {
        Value[] all = values.toArray(Value[]::new);
        return all[0].concat(1, Arrays.copyOfRange(all, 1, all.length));
    }
}
