package org.fovea.core.testing;

import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.tensor.Tensor;

/** The same case on both backends, which share no code that computes. */
public final class BackendAgreement {
    /** Single precision over sums of some hundred terms; relative above 1. */
    public static final double SINGLE = 2e-5;

    private BackendAgreement() {}

    /** Fails unless oneDNN in a precision is within the tolerance of ND4J in double. */
    public static void check(String name, CaseGraph built, Precision precision, double tolerance) {
        Map<String, Tensor> expected = run(new Nd4jBackend(), Precision.F64, built, built.inputs());
        Map<String, Tensor> actual = run(OneDnnBackend.create(), precision, built, built.inputs());
        Tensors.assertClose(name, expected, actual, tolerance);
    }

    static Map<String, Tensor> run(Backend backend, Precision precision, CaseGraph built, Map<String, Tensor> inputs) {
        try (Program program = backend.compile(built.graph(), built.parameters(), precision)) {
            return built.run(program, inputs);
        }
    }
}
