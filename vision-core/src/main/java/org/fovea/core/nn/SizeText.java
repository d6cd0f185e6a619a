package org.fovea.core.nn;

/** Sizes of transformers in words, for descriptions of models. */
public final class SizeText {
    private SizeText() {}

    /** Formats sizes: {@code 12 blocks, 768 wide, 12 heads of 64}. */
    public static String blocks(int depth, int width, int heads) {
        return depth + (depth == 1 ? " block, " : " blocks, ") + width + " wide, " + heads
                + (heads == 1 ? " head of " : " heads of ") + width / heads;
    }
}
