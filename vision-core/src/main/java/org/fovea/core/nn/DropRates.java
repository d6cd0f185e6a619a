package org.fovea.core.nn;

import org.fovea.core.Check;

/**
 * Rates at which a transformer's training drops at random; each in [0, 1).
 *
 * @param dropout share of elements of what each residual branch yields
 * @param attention share of attention weights
 * @param path share of images for which the last block's branches are left out; the first block's never are, between them
 *     the share grows evenly
 * @see <a href="https://arxiv.org/abs/1603.09382">Huang et al. 2016, stochastic depth</a>
 */
public record DropRates(double dropout, double attention, double path) {
    /** Checks the ranges. */
    public DropRates {
        Check.share("DropRates: dropout", dropout);
        Check.share("DropRates: attention", attention);
        Check.share("DropRates: path", path);
    }

    /** Nothing is dropped. */
    public static DropRates none() {
        return new DropRates(0, 0, 0);
    }

    /** Returns whether nothing is dropped. */
    public boolean isNone() {
        return dropout == 0 && attention == 0 && path == 0;
    }

    /**
     * The rates of one block: {@link #path} is its own share.
     *
     * @param index from 0
     * @param depth number of blocks
     */
    public DropRates ofBlock(int index, int depth) {
        return new DropRates(dropout, attention, depth == 1 ? 0 : path * index / (depth - 1));
    }
}
