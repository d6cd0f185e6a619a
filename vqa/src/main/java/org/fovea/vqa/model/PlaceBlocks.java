package org.fovea.vqa.model;

import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * Square blocks of neighboring places, as few to a side as are needed; those at the right and lower edge may be smaller.
 *
 * @param grid grid of positions
 */
record PlaceBlocks(Grid grid) {
    private static final int MOST = 6; // blocks along a side: 1,296 pairs

    /** Grid of the blocks. */
    Grid blocks() {
        return new Grid(count(grid.rows()), count(grid.columns()));
    }

    /** Positions along a side of a block. */
    private int side() {
        return (Math.max(grid.rows(), grid.columns()) + MOST - 1) / MOST;
    }

    private int count(int places) {
        return (places + side() - 1) / side();
    }

    /**
     * Adds the mean over each block.
     *
     * @param places image tokens {@code [rows, M, E]}, those of the grid last
     * @return {@code [rows, blocks, E]}
     */
    Value build(Value places) {
        int count = places.shape().dim(1);
        Value own = places.slice(1, count - grid.places(), count);
        return side() == 1 ? own : places.graph().constant(means()).matmul(own);
    }

    /**
     * Matrix {@code [blocks, positions]} that computes the means: in each block's row, one over the block's size at its
     * positions.
     */
    private Tensor means() {
        int[] block = new int[grid.places()];
        int[] size = new int[blocks().places()];
        for (int place = 0; place < block.length; place++) {
            int row = place / grid.columns() / side();
            block[place] = row * blocks().columns() + place % grid.columns() / side();
            size[block[place]]++;
        }
        float[] out = new float[size.length * block.length];
        for (int place = 0; place < block.length; place++) {
            out[block[place] * block.length + place] = 1f / size[block[place]];
        }
        return Tensor.of(out, size.length, block.length);
    }
}
