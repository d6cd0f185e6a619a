package org.fovea.core.generate;

import org.fovea.core.Check;

/**
 * Bounds of a text's length, in tokens.
 *
 * @param max maximum length with the prompt, if {@code maxNew} is {@link #UNSET}
 * @param maxNew maximum length without the prompt, or {@link #UNSET}
 * @param min minimum length with the prompt
 * @param minNew minimum length without the prompt
 */
public record LengthLimits(int max, int maxNew, int min, int minNew) {
    /** Stands for a limit that is not set. */
    public static final int UNSET = 0;

    /** Checks the numbers. */
    public LengthLimits {
        Check.that(max >= 1, "LengthLimits: max", "be at least 1", max);
        Check.that(maxNew >= 0, "LengthLimits: maxNew", "be at least 0", maxNew);
        Check.that(min >= 0 && minNew >= 0, "LengthLimits: min and minNew", "be at least 0", min + " and " + minNew);
        Check.that(
                maxNew == UNSET || minNew <= maxNew,
                "LengthLimits: min_new_tokens",
                "be at most max_new_tokens",
                minNew + " and " + maxNew);
    }

    /** Maximum number of tokens of a text with its prompt. */
    public int maxLength(int prompt) {
        return maxNew == UNSET ? max : sum(prompt, maxNew);
    }

    /** Minimum number of tokens of a text with its prompt. */
    public int minLength(int prompt) {
        return minNew == UNSET ? min : sum(prompt, minNew);
    }

    private static int sum(int prompt, int more) {
        return (int) Math.min(Integer.MAX_VALUE, (long) prompt + more);
    }
}
