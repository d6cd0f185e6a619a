package org.fovea.core.engine;

import java.util.stream.Stream;
import org.fovea.core.backend.Precision;
import org.fovea.core.testing.BackendAgreement;
import org.fovea.core.testing.OpCase;
import org.fovea.core.testing.OpCases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation on both backends. */
class BackendsAgreeTest {
    static Stream<OpCase> cases() {
        return OpCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneDnnAgreesWithNd4j(OpCase opCase) {
        BackendAgreement.check(opCase.name(), opCase.build(), Precision.F32, BackendAgreement.SINGLE);
    }
}
