package org.fovea.studies.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memory grows as promised; it is planned when a program is compiled, so nothing is timed or run here. */
class MechanismsTest {
    static List<Mechanism> all() {
        return Mechanisms.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void memoryGrowsAsPromised(Mechanism mechanism) {
        List<Integer> sizes = mechanism.sizes();
        double power = mechanism.power(bytes(mechanism, sizes.get(0)), bytes(mechanism, sizes.get(sizes.size() - 1)));
        assertTrue(mechanism.keeps(mechanism.memoryPower(), power), mechanism.name() + " grew with power " + power);
    }

    private static long bytes(Mechanism mechanism, int size) {
        try (Program program = mechanism.compile(OneDnnBackend.create(), size)) {
            return program.runBytes().orElseThrow();
        }
    }
}
