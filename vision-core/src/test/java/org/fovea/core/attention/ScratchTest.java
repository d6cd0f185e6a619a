package org.fovea.core.attention;

import org.fovea.core.graph.*;
import org.fovea.core.testing.*;
import org.junit.jupiter.api.Test;

class ScratchTest {
    static Value in(CaseGraph g, int b, int n, int h, int d) { return g.normal(b, n, h, d).permute(0, 2, 1, 3); }
    static boolean ok(java.util.function.Consumer<CaseGraph> c) {
        try { BlockCheck.backendsAgree(new BlockCase("x", c)); return true; } catch (AssertionError e) { return false; }
    }
    @Test
    void a() {
        for (int b : new int[] {2, 3, 4, 5, 6, 12, 64})
            for (int h : new int[] {2, 3, 4, 8})
                for (int n : new int[] {2, 3, 4, 5, 6, 7, 8, 16, 49, 64})
                    for (int d : new int[] {2, 3, 8, 32}) {
                        if ((long) b * h * n * d > 100000) continue;
                        boolean qk = ok(g -> g.output(in(g, b, n, h, d).matmul(in(g, b, n, h, d), false, true)));
                        boolean q = ok(g -> g.output(in(g, b, n, h, d).matmul(g.normal(b, h, n, d), false, true)));
                        boolean k = ok(g -> g.output(g.normal(b, h, n, d).matmul(in(g, b, n, h, d), false, true)));
                        boolean v = ok(g -> g.output(g.normal(b, h, n, n).matmul(in(g, b, n, h, d), false, false)));
                        boolean at = ok(g -> g.output(g.graph().apply(new Attention(1, false, false), in(g, b, n, h, d), in(g, b, n, h, d), in(g, b, n, h, d))));
                        if (!(qk && q && k && v && at)) System.out.println("SCR b" + b + " h" + h + " n" + n + " d" + d + " qk " + qk + " q " + q + " k " + k + " v " + v + " att " + at);
                    }
    }
}
