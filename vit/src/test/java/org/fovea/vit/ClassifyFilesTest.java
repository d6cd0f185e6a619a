package org.fovea.vit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.Outcome;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many files through one classifier. */
class ClassifyFilesTest {
    private static final int BATCH = 4;

    @TempDir
    private Path folder;

    private final List<Path> files = new ArrayList<>();

    @BeforeEach
    void writePictures() throws IOException {
        for (int i = 0; i < 11; i++) {
            byte[] rgb = new byte[3 * 30 * 40];
            for (int k = 0; k < rgb.length; k++) {
                rgb[k] = (byte) (k * (i + 3) / 5 + i * 31);
            }
            Path file = folder.resolve(i + ".png");
            RgbImage.of(30, 40, rgb).writePng(file);
            files.add(file);
        }
    }

    private static ImageClassifier classifier(Backend backend, Precision precision) {
        return ImageClassifier.load(
                Fixtures.directory("vit-hf"),
                Fixtures.options().withBackend(backend).withPrecision(precision).withBatch(BATCH));
    }

    @Test
    void badFilesAreOutcomesOfTheirOwn() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
        files.add(2, bad);
        files.add(bad);
        try (ImageClassifier classifier = Fixtures.classifier("vit-hf")) {
            List<Outcome<Path, Classification>> outcomes = classifier.classifyFiles(files);
            assertEquals(files, outcomes.stream().map(Outcome::input).toList());
            for (Outcome<Path, Classification> outcome : outcomes) {
                if (outcome.input().equals(bad)) {
                    String message =
                            assertThrows(ImageException.class, outcome::get).getMessage();
                    assertTrue(message.startsWith(bad + ": the file must be"), message);
                } else {
                    assertEquals(
                            classifier.classify(outcome.input()).best().logit(),
                            outcome.get().best().logit(),
                            1e-5);
                }
            }
            List<Path> explained = new ArrayList<>();
            ImageDecoder decoder = ImageDecoder.create();
            classifier.explainAll(files, decoder::decode, outcome -> {
                explained.add(outcome.input());
                assertEquals(outcome.input().equals(bad), outcome instanceof Outcome.Failed);
            });
            assertEquals(files, explained);
        }
    }

    /** Of a batch size, an image's numbers are the same wherever it stands, to the bit: a resumed run relies on it. */
    @ParameterizedTest
    @CsvSource({"onednn, F32", "onednn, BF16", "onednn, INT8", "nd4j, F32"})
    void numbersDoNotDependOnTheOtherImages(String name, Precision precision) {
        Backend backend = Backends.named(name);
        if (!backend.supports(precision)) {
            return; // this processor has no such arithmetic
        }
        try (ImageClassifier classifier = classifier(backend, precision)) {
            List<Outcome<Path, Classification>> whole = classify(classifier, files);
            for (int done : List.of(1, 6, 10)) {
                assertEquals(
                        whole.subList(done, files.size()), classify(classifier, files.subList(done, files.size())));
            }
        }
    }

    private static List<Outcome<Path, Classification>> classify(ImageClassifier classifier, List<Path> some) {
        List<Outcome<Path, Classification>> out = new ArrayList<>();
        classifier.<Path>classifyAll(some, ImageDecoder.create()::decode, BATCH, out::add);
        return out;
    }

    @Test
    void resultThatIsNoNumberIsAnErrorOfTheImage() {
        try (ImageClassifier classifier = Fixtures.classifier("vit-hf")) {
            float[] logits = new float[2 * classifier.config().classes()];
            logits[1] = Float.NaN;
            int[] shape = {2, classifier.config().classes()};
            String message = assertThrows(
                            ImageException.class, () -> classifier.classifications(Tensor.of(logits, shape)))
                    .getMessage();
            assertTrue(
                    message.startsWith("the image: the model's result must be finite, got NaN for class '"
                            + classifier.labels().get(1)),
                    message);
        }
    }

    @Test
    void checkpointIsClosedThoughAProgramDoesNotClose() {
        FailingBackend backend = new FailingBackend(Backends.named("nd4j"));
        ImageClassifier classifier = classifier(backend, Precision.F32);
        classifier.classify(files.get(0));
        String name = "head.weight";
        assertTrue(backend.weights.shape(name).size() > 0);
        backend.weights.tensor(name);
        assertThrows(IllegalStateException.class, classifier::close);
        String message = assertThrows(IllegalStateException.class, () -> backend.weights.tensor(name))
                .getMessage();
        assertTrue(message.contains("already closed"), message);
    }

    /** A backend whose programs cannot be closed. */
    private static final class FailingBackend implements Backend {
        private final Backend real;
        private WeightSource weights;

        FailingBackend(Backend real) {
            this.real = real;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public Optional<String> reasonAgainst(Precision precision) {
            return real.reasonAgainst(precision);
        }

        @Override
        public Program compile(Graph graph, WeightSource parameters, Precision precision) {
            weights = parameters;
            Program program = real.compile(graph, parameters, precision);
            return new Program() {
                @Override
                public Map<String, Tensor> run(Map<String, Tensor> inputs) {
                    return program.run(inputs);
                }

                @Override
                public ProgramSession openSession() {
                    return program.openSession();
                }

                @Override
                public ProgramSession openSession(ProgramSession copied) {
                    return program.openSession(copied);
                }

                @Override
                public void close() {
                    program.close();
                    throw new IllegalStateException("does not close");
                }
            };
        }

        @Override
        public TrainingProgram compileTraining(Graph graph, WeightSource parameters, Precision precision) {
            return real.compileTraining(graph, parameters, precision);
        }

        @Override
        public double productGflops(Precision precision) {
            return real.productGflops(precision);
        }
    }
}
