package org.fovea.core.testing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Input;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/** The derivatives of a case against central differences, in double on {@link Nd4jBackend}. */
public final class DerivativeCheck {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-6;

    /** Along random directions, where any wrong element shows, and along some axes, where it has a name. */
    private static final int DIRECTIONS = 2;

    private static final int ELEMENTS = 2;

    private DerivativeCheck() {}

    /** Fails unless the derivatives of a random projection of the results by every leaf are those of differences. */
    public static void check(CaseGraph built) {
        Map<String, Tensor> inputs = new HashMap<>(built.inputs());
        Value loss = project(built, inputs);
        built.graph().output("loss", loss);
        Program forward = new Nd4jBackend().compile(built.graph(), built.parameters(), Precision.F64);
        Map<String, Value> gradients = addGradients(built, loss);
        try (forward;
                Program backward = new Nd4jBackend().compile(built.graph(), built.parameters(), Precision.F64)) {
            Map<String, Tensor> results = backward.run(inputs);
            for (String name : gradients.keySet()) {
                check(forward, inputs, name, results.get("d " + name).toDoubles(), new Random(8));
            }
        }
    }

    /** Names the derivatives of the loss by each leaf {@code d NAME} and gives them by leaf. */
    static Map<String, Value> addGradients(CaseGraph built, Value loss) {
        Map<String, Value> names = new LinkedHashMap<>();
        Gradients.of(built.graph(), loss, built.leaves())
                .forEach((leaf, gradient) -> names.put(((Input) leaf.node().op()).name(), gradient));
        names.forEach((name, gradient) -> built.graph().output("d " + name, gradient));
        return names;
    }

    /** Adds Σ of all results times random numbers, which join the inputs. */
    public static Value project(CaseGraph built, Map<String, Tensor> inputs) {
        Random random = new Random(7);
        Graph graph = built.graph();
        Value loss = graph.fill(0);
        for (Value y : built.differentiable()) {
            int[] sizes = y.shape().toArray();
            String name = "p" + inputs.size();
            inputs.put(name, Tensor.of(random.doubles(y.shape().size(), -1, 1).toArray(), sizes));
            Value product =
                    y.multiply(graph.input(name, sizes)).reshape((int) y.shape().size());
            loss = loss.add(product.sum(false, 0));
        }
        return loss;
    }

    private static void check(
            Program program, Map<String, Tensor> inputs, String name, double[] gradient, Random random) {
        for (int i = 0; i < Math.min(ELEMENTS, gradient.length); i++) {
            double[] axis = new double[gradient.length];
            axis[random.nextInt(gradient.length)] = 1;
            checkAlong(program, inputs, name, gradient, axis);
        }
        for (int i = 0; i < (gradient.length > 1 ? DIRECTIONS : 0); i++) {
            checkAlong(
                    program,
                    inputs,
                    name,
                    gradient,
                    random.doubles(gradient.length, -1, 1).toArray());
        }
    }

    private static void checkAlong(
            Program program, Map<String, Tensor> inputs, String name, double[] gradient, double[] direction) {
        double difference =
                (loss(program, inputs, name, direction, STEP) - loss(program, inputs, name, direction, -STEP))
                        / (2 * STEP);
        double slope = 0;
        for (int i = 0; i < gradient.length; i++) {
            slope += gradient[i] * direction[i];
        }
        double error = Math.abs(slope - difference) / Math.max(1, Math.abs(difference));
        String text = name + ": rule " + slope + ", central difference " + difference + ", error " + error;
        if (!(error < TOLERANCE)) {
            throw new AssertionError(text);
        }
    }

    private static double loss(
            Program program, Map<String, Tensor> inputs, String name, double[] direction, double step) {
        double[] moved = inputs.get(name).toDoubles();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        Map<String, Tensor> all = new HashMap<>(inputs);
        all.put(name, Tensor.of(moved, inputs.get(name).shape().toArray()));
        return program.run(all).get("loss").toDoubles()[0];
    }
}
