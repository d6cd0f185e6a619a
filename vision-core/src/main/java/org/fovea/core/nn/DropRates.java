package org.fovea.core.nn;

import org.fovea.core.Check;

/**
 * Rates at which a transformer's training drops at random; each in [0, 1).
 *
 * @param dropout fraction of elements dropped from the output of each residual branch
 * @param attention fraction of attention weights dropped
 * @param path fraction of images for which the last block's branches are skipped; it grows linearly from 0 in the first block
 * @see <a href="https://arxiv.org/abs/1603.09382">Huang et al. 2016, stochastic depth</a>
 */
public record DropRates(double dropout, double attention, double path) {
    /** Checks the ranges. */
    public DropRates {
        Check.share("DropRates: dropout", dropout);
        Check.share("DropRates: attention", attention);
        Check.share("DropRates: path", path);
    }

    /** Creates rates without any dropout. */
    public static DropRates none() {
        return new DropRates(0, 0, 0);
    }

    /** Returns whether all rates are 0. */
    public boolean isNone() {
        return dropout == 0 && attention == 0 && path == 0;
    }

    /**
     * Rates of one block, whose {@link #path} is the block's own fraction.
     *
     * @param index block number, from 0
     * @param depth number of blocks
     */
    public DropRates ofBlock(int index, int depth) {
        return new DropRates(dropout, attention, depth == 1 ? 0 : path * index / (depth - 1));
    }
}
