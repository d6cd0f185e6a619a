package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.engine.Backends;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;

/** Checkpoints with what the reference libraries compute of them. */
public final class Fixtures {
    /** Fixtures made from the photograph of another, which stands there once. */
    private static final Map<String, String> PHOTOGRAPHS = Map.of("swin", "deit-hf", "beit", "vit-hf");

    private Fixtures() {}

    /** The directory of one, such as {@code vit-hf}. */
    public static Path directory(String name) {
        return FixtureFiles.of(name);
    }

    public static Path image(String name) {
        return directory(PHOTOGRAPHS.getOrDefault(name, name)).resolve("image.png");
    }

    public static Map<String, Tensor> expected(String name) {
        return FixtureFiles.expected(name);
    }

    /** A classifier on the reference backend. */
    public static ImageClassifier classifier(String name) {
        return ImageClassifier.load(directory(name), options());
    }

    public static ImageClassifier classifier(String name, String backend) {
        return ImageClassifier.load(
                directory(name), ClassifierOptions.defaults().withBackend(Backends.named(backend)));
    }

    public static ClassifierOptions options() {
        return ClassifierOptions.defaults().withBackend(new Nd4jBackend());
    }

    /** Fails with place, expected and actual of the worst element unless all are within the tolerance; NaN fails. */
    public static void assertClose(String what, Tensor expected, Tensor actual, double tolerance) {
        if (!expected.shape().equals(actual.shape())) {
            fail(what + ": expected shape " + expected.shape() + ", got " + actual.shape());
        }
        double[] e = expected.toDoubles();
        double[] a = actual.toDoubles();
        int worst = -1;
        double worstError = tolerance;
        for (int i = 0; i < e.length; i++) {
            double error = Math.abs(e[i] - a[i]);
            if (!(error <= worstError)) {
                worst = i;
                worstError = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
            }
        }
        if (worst >= 0) {
            fail(what + " " + expected.shape() + ": at flat index " + worst + " expected " + e[worst] + ", got "
                    + a[worst] + ", off by " + worstError + ", allowed " + tolerance);
        }
    }
}
