package org.fovea.core.nn;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Value;

/**
 * An image as a sequence: class tokens, then registers, then the places of a grid, row by row from the top.
 *
 * @param values {@code [B, N, width]}
 * @param rows of the grid
 * @param columns of the grid
 * @param classTokens tokens that stand for the whole image
 * @param registers tokens that nothing reads
 * @param hiddenStates {@code [B, N, width]} each: what goes into the first block, then what comes out of each, before the last
 *     norm
 * @param attentions the weights of each block, {@code [B, heads, N, N]}; empty unless they were asked for
 */
public record Tokens(
        Value values,
        int rows,
        int columns,
        int classTokens,
        int registers,
        List<Value> hiddenStates,
        List<Value> attentions) {
    /** Copies the lists. */
    public Tokens {
        hiddenStates = List.copyOf(hiddenStates);
        attentions = List.copyOf(attentions);
    }

    /** Tokens that enter the first block. */
    public static Tokens embedded(Value values, int rows, int columns, int classTokens, int registers) {
        return new Tokens(values, rows, columns, classTokens, registers, List.of(values), List.of());
    }

    /** These tokens after one more block. */
    public Tokens after(Attended block) {
        List<Value> states = new ArrayList<>(hiddenStates);
        states.add(block.values());
        List<Value> weights = new ArrayList<>(attentions);
        block.weights().ifPresent(weights::add);
        return new Tokens(block.values(), rows, columns, classTokens, registers, states, weights);
    }

    /** These tokens with other values, such as those after the last norm. */
    public Tokens with(Value others) {
        return new Tokens(others, rows, columns, classTokens, registers, hiddenStates, attentions);
    }

    /** The number of tokens before the grid. */
    public int prefix() {
        return classTokens + registers;
    }

    /** The first class tokens, {@code [B, count, width]}. */
    public Value first(int count) {
        return values.slice(1, 0, count);
    }

    /** The places of the grid, {@code [B, rows·columns, width]}. */
    public Value places() {
        return values.slice(1, prefix(), prefix() + rows * columns);
    }

    /** The grid as an image of features, {@code [B, width, rows, columns]}. */
    public Value featureMap() {
        int batch = values.shape().dim(0);
        int width = values.shape().dim(2);
        return places().reshape(batch, rows, columns, width).permute(0, 3, 1, 2); // [B, width, rows, columns]
    }
}
