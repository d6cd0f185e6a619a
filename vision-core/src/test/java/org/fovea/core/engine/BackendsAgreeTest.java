package org.fovea.core.engine;

import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.OpCase;
import org.fovea.core.testing.OpCases;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation on both backends, which share no code that computes. */
class BackendsAgreeTest {
    /** Single precision over sums of some hundred terms; relative above 1. */
    private static final double TOLERANCE = 2e-5;

    static Stream<OpCase> cases() {
        return OpCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneDnnAgreesWithNd4j(OpCase opCase) {
        Map<String, Tensor> expected = run(new Nd4jBackend(), Precision.F64, opCase.build());
        Map<String, Tensor> actual = run(OneDnnBackend.create(), Precision.F32, opCase.build());
        Tensors.assertClose(opCase.name(), expected, actual, TOLERANCE);
    }

    private static Map<String, Tensor> run(Backend backend, Precision precision, CaseGraph built) {
        try (Program program = backend.compile(built.graph(), built.parameters(), precision)) {
            return program.run(built.inputs());
        }
    }
}
