package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.RecurrentCell;
import org.fovea.core.nn.Scope;

/**
 * A recurrent decoder that looks before each step: c_t = attention(s_{t-1}, memory), s_t = cell([y_{t-1}; c_t], s_{t-1}).
 *
 * <p>The state s_{t-1} does not know the word y_{t-1} yet: a decoder that has just written "red" looks for its noun before it reads
 * "red". With {@code asksWord} the attention's query is [s_{t-1}; y_{t-1}], a departure from both papers.
 *
 * <p>Its weights are those of the cell below {@code cell} and those of the mechanism below {@code attention}. For a decoder that
 * looks after each step, as Luong's does, run {@link org.fovea.core.nn.Recurrence} and then the mechanism over all its states at once.
 *
 * @param asksWord whether the attention's query includes the previous word
 * @see <a href="https://arxiv.org/abs/1409.0473">Bahdanau et al. 2015, appendix A.2.2</a>
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, equations 1 to 3, with {@link CaptionAttention}</a>
 */
public record AttentionDecoder(RecurrentCell cell, SequenceAttention attention, boolean asksWord) {
    /** Creates a decoder as in the papers, whose attention's query is the state alone. */
    public AttentionDecoder(RecurrentCell cell, SequenceAttention attention) {
        this(cell, attention, false);
    }

    /**
     * Results of the block.
     *
     * @param states {@code [B, T, width]}, s_t
     * @param contexts {@code [B, T, E]}, c_t
     * @param last state after the last step
     * @param weights attention weights {@code [B, T, M]}
     */
    public record Result(Value states, Value contexts, CellState last, Value weights) {}

    /**
     * Adds the decoder over given words, for training and scoring.
     *
     * @param words {@code [B, T, C]}, embeddings of the word before each step
     * @param memory {@code [B, M, E]}
     * @param start state before the first step
     * @param biases masks; each broadcasts to {@code [B, 1, M]}
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Result build(Scope scope, Value words, Value memory, CellState start, Value... biases) {
        Checks.sequences("AttentionDecoder", words, memory);
        int batch = words.shape().dim(0);
        Value projected = project(scope, memory);
        Scope again = scope.shared();
        List<Value> states = new ArrayList<>();
        List<Value> contexts = new ArrayList<>();
        List<Value> weights = new ArrayList<>();
        CellState state = start;
        for (int t = 0; t < words.shape().dim(1); t++) {
            Value word = words.slice(1, t, t + 1).reshape(batch, words.shape().dim(2));
            Result now = step(again, word, projected, memory, state, biases);
            state = now.last;
            states.add(now.states);
            contexts.add(now.contexts);
            weights.add(now.weights);
        }
        return new Result(join(states), join(contexts), state, join(weights));
    }

    /** Adds the part that does not depend on the words: {@link SequenceAttention#project}. */
    public Value project(Scope scope, Value memory) {
        return attention.project(scope.child("attention"), memory);
    }

    /**
     * Adds one step, for decoding word by word.
     *
     * @param word {@code [B, C]}
     * @param projected result of {@link #project}
     * @return result with T = 1
     */
    public Result step(Scope scope, Value word, Value projected, Value memory, CellState state, Value... biases) {
        int batch = word.shape().dim(0);
        Value query = asksWord ? state.output().concat(1, word) : state.output();
        AttentionOutput read = attention.attend(
                scope.child("attention").enter(),
                query.reshape(batch, 1, query.shape().dim(1)),
                projected,
                memory,
                biases); // [B, 1, E]
        Value context = read.values().reshape(batch, memory.shape().dim(2));
        CellState next = cell.step(scope.child("cell").enter(), word.concat(1, context), state);
        return new Result(next.output().reshape(batch, 1, cell.width()), read.values(), next, read.weights());
    }

    private static Value join(List<Value> steps) {
        return steps.get(0).concat(1, steps.subList(1, steps.size()).toArray(Value[]::new));
    }
}
