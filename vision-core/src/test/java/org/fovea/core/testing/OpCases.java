package org.fovea.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fovea.core.graph.Op;

/**
 * Cases for every operation: usual, odd (17, 33) and degenerate (1) sizes, and broadcasting.
 *
 * <p>Numbers suit the operation: positive for logarithms, away from kinks so that central differences hold.
 */
public final class OpCases {
    private final List<OpCase> cases = new ArrayList<>();

    private OpCases() {}

    /** All cases. */
    public static List<OpCase> all() {
        OpCases out = new OpCases();
        ElementwiseCases.addTo(out);
        LayoutCases.addTo(out);
        MatrixCases.addTo(out);
        NormCases.addTo(out);
        AttentionCases.addTo(out);
        ImageCases.addTo(out);
        TrainingCases.addTo(out);
        StateCases.addTo(out);
        return List.copyOf(out.cases);
    }

    void add(Class<? extends Op> op, String details, Consumer<CaseGraph> builder) {
        cases.add(new OpCase(op.getSimpleName() + " " + details, op, builder));
    }
}
