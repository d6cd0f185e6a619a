package org.fovea.core.testing;

import java.util.function.Consumer;
import org.fovea.core.nn.MultiHeadSelfAttention;

/** Checks whether a mechanism that promises not to holds a number for every pair of tokens. */
public final class AllPairs {
    private AllPairs() {}

    /**
     * Fails when a run on oneDNN holds as much as one number for every two of so many tokens; attention whose weights are a
     * result must hold that, or the check itself is broken.
     *
     * @param tokens N
     * @param builder the mechanism over N tokens, narrow, so that the tokens themselves take little
     */
    public static void assertNeverHeld(int tokens, Consumer<CaseGraph> builder) {
        long limit = (long) tokens * tokens * Float.BYTES;
        long plain = BlockCheck.arenaBytes(
                g -> g.output(new MultiHeadSelfAttention(1, true).build(g.scope(), g.normal(1, tokens, 8))));
        if (plain < limit) {
            throw new AssertionError("all pairs of " + tokens + " tokens must take " + limit + " bytes, got " + plain);
        }
        long held = BlockCheck.arenaBytes(builder);
        if (held >= limit) {
            throw new AssertionError(
                    "a run must hold less than all pairs of " + tokens + " tokens, " + limit + " bytes, got " + held);
        }
    }
}
