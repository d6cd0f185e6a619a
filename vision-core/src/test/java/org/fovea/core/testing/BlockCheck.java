package org.fovea.core.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/** Checks of every block, and ways to look at what one computes. */
public final class BlockCheck {
    /** Derivatives sum over more terms than results do. */
    private static final double SINGLE_GRADIENT = 1e-4;

    private BlockCheck() {}

    /** The derivatives by every weight and every real input are those of central differences, in double. */
    public static void gradients(BlockCase blockCase) {
        DerivativeCheck.check(blockCase.build().freed());
    }

    /** The results of oneDNN in single precision are those of ND4J in double. */
    public static void backendsAgree(BlockCase blockCase) {
        BackendAgreement.check(blockCase.name(), blockCase.build(), Precision.F32, BackendAgreement.SINGLE);
    }

    /** The derivatives of oneDNN in single precision are those of ND4J in double. */
    public static void backendsAgreeOnGradients(BlockCase blockCase) {
        CaseGraph built = blockCase.build().freed();
        Map<String, Tensor> inputs = new HashMap<>(built.inputs());
        Value loss = DerivativeCheck.project(built, inputs);
        DerivativeCheck.addGradients(built, loss);
        Map<String, Tensor> expected = BackendAgreement.run(new Nd4jBackend(), Precision.F64, built, inputs);
        Map<String, Tensor> actual = BackendAgreement.run(OneDnnBackend.create(), Precision.F32, built, inputs);
        Tensors.assertClose(blockCase.name(), expected, actual, SINGLE_GRADIENT);
    }

    /** The results of oneDNN in bfloat16, where the processor has it, are coarsely those of ND4J in double. */
    public static void bfloat16IsClose(BlockCase blockCase) {
        Hardware.assumeBfloat16();
        BackendAgreement.check(blockCase.name(), blockCase.build(), Precision.BF16, blockCase.bfloat());
    }

    /**
     * Results of a case on ND4J in double, in the order its results were named. Weights that are not set are drawn by
     * name and inputs in the order they are asked for: two blocks of the same names and inputs get the same numbers.
     */
    public static List<Tensor> outputs(Consumer<CaseGraph> builder) {
        CaseGraph built = new CaseGraph(1);
        builder.accept(built);
        return List.copyOf(BackendAgreement.run(new Nd4jBackend(), Precision.F64, built, built.inputs())
                .values());
    }

    /**
     * Results of a case with given weights and none else, for numbers computed by hand; also runs it on oneDNN.
     *
     * @param weights every weight by name, row-major
     */
    public static List<Tensor> run(Map<String, double[]> weights, Consumer<CaseGraph> builder) {
        CaseGraph built = new CaseGraph(1);
        builder.accept(built);
        Set<String> asked = built.graph().parameters().keySet();
        if (!asked.equals(weights.keySet())) {
            throw new AssertionError("run: the weights must be " + asked + ", got " + weights.keySet());
        }
        built.graph()
                .parameters()
                .forEach((name, value) -> built.set(
                        name, Tensor.of(weights.get(name), value.shape().toArray())));
        BackendAgreement.check("run", built, Precision.F32, BackendAgreement.SINGLE);
        return List.copyOf(BackendAgreement.run(new Nd4jBackend(), Precision.F64, built, built.inputs())
                .values());
    }

    /** The steps of a case on oneDNN in single precision, one a line, and the size of its arena. */
    public static String program(Consumer<CaseGraph> builder) {
        CaseGraph built = new CaseGraph(1);
        builder.accept(built);
        try (Program program = OneDnnBackend.create().compile(built.graph(), built.parameters(), Precision.F32)) {
            return program.toString();
        }
    }

    /** The bytes that a run of a case holds on oneDNN beside its weights. */
    public static long arenaBytes(Consumer<CaseGraph> builder) {
        String text = program(builder);
        String last = text.substring(text.lastIndexOf("arena ") + "arena ".length());
        return Long.parseLong(last.substring(0, last.indexOf(' ')));
    }

    /** The text with which a block refuses to be built; fails when it is built. */
    public static String error(Consumer<CaseGraph> builder) {
        try {
            builder.accept(new CaseGraph(1));
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        throw new AssertionError("the block must be refused, but it was built");
    }

    /** Fails unless the block is refused with a text that has this part. */
    public static void assertError(String part, Consumer<CaseGraph> builder) {
        String text = error(builder);
        if (!text.contains(part)) {
            throw new AssertionError("the error must say \"" + part + "\", got \"" + text + "\"");
        }
    }
}
