package org.fovea.core.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.graph.Value;

/**
 * An image as a sequence: class tokens, then registers, then the places of a grid, row by row from the top.
 *
 * @param values {@code [B, N, width]}
 * @param rows of the grid
 * @param columns of the grid
 * @param classTokens number of tokens that represent the whole image
 * @param registers number of register tokens, which no head reads
 * @param embedded {@code [B, N, width]}, input of the first block
 * @param blocks results of each block, before the last norm
 */
public record Tokens(
        Value values,
        int rows,
        int columns,
        int classTokens,
        int registers,
        Value embedded,
        List<AttentionOutput> blocks) {
    /** Copies the list. */
    public Tokens {
        blocks = List.copyOf(blocks);
    }

    /** Creates the tokens that enter the first block. */
    public static Tokens embedded(Value values, int rows, int columns, int classTokens, int registers) {
        return new Tokens(values, rows, columns, classTokens, registers, values, List.of());
    }

    /** Creates tokens from a feature map {@code [B, width, rows, columns]}. */
    public static Tokens ofMap(Value map) {
        int rows = map.shape().dim(2);
        int columns = map.shape().dim(3);
        Value places = map.permute(0, 2, 3, 1)
                .reshape(map.shape().dim(0), rows * columns, map.shape().dim(1)); // [B, rows·columns, width]
        return embedded(places, rows, columns, 0, 0);
    }

    /** Tokens after one more block. */
    public Tokens after(AttentionOutput block) {
        List<AttentionOutput> all = new ArrayList<>(blocks);
        all.add(block);
        return new Tokens(block.values(), rows, columns, classTokens, registers, embedded, all);
    }

    /**
     * Hidden states, {@code [B, N, width]} each: the input of the first block, then the output of each, before the last norm.
     */
    public List<Value> hiddenStates() {
        return Stream.concat(Stream.of(embedded), blocks.stream().map(AttentionOutput::values))
                .toList();
    }

    /** Attention weights of each block, {@code [B, heads, N, N]}, which cost nothing unless they are used. */
    public List<Value> attentions() {
        return blocks.stream().map(AttentionOutput::weights).toList();
    }

    /** Copy with other values, such as those after the last norm. */
    public Tokens with(Value others) {
        return new Tokens(others, rows, columns, classTokens, registers, embedded, blocks);
    }

    /** The number of tokens before the grid. */
    public int prefix() {
        return classTokens + registers;
    }

    /** First class tokens, {@code [B, count, width]}. */
    public Value first(int count) {
        return values.slice(1, 0, count);
    }

    /** Tokens of the grid, {@code [B, rows·columns, width]}. */
    public Value places() {
        return values.slice(1, prefix(), prefix() + rows * columns);
    }

    /** Grid as a feature map, {@code [B, width, rows, columns]}. */
    public Value featureMap() {
        int batch = values.shape().dim(0);
        int width = values.shape().dim(2);
        return places().reshape(batch, rows, columns, width).permute(0, 3, 1, 2); // [B, width, rows, columns]
    }
}
