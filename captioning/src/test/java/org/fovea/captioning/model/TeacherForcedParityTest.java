package org.fovea.captioning.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fovea.captioning.Captioners;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.engine.Backends;
import org.fovea.core.generate.TextModel;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixels and one pass over a given text, with every intermediate, as the reference computes them. */
class TeacherForcedParityTest {
    private static final double PIXEL_TOLERANCE = 1e-6;
    private static final double TOLERANCE = 1e-4;

    static Stream<String> fixtures() {
        return Stream.of("blip-captioning", "blip-captioning-bin", "vit-gpt2", "git");
    }

    static Stream<Arguments> all() {
        return fixtures().flatMap(name -> Backends.names().stream().map(backend -> Arguments.of(name, backend)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void pixelsEqualTheReference(String name) {
        ImageProcessor processor = ImageProcessor.load(Captioners.directory(name));
        Tensor pixels = processor.process(ImageDecoder.create().decode(Captioners.image(name)));
        Tensors.assertClose(name, Captioners.expected(name).get(CaptionerModel.PIXELS), pixels, PIXEL_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyIntermediateEqualsTheReference(String name, String backend) {
        Map<String, Tensor> expected = Captioners.expected(name);
        Tensor ids = expected.get(CaptionerModel.DECODER_IDS);
        try (PretrainedCaptioner model = PretrainedCaptioner.open(Captioners.directory(name));
                Program program = Backends.named(backend)
                        .compile(
                                model.model().teacherForced(1, ids.shape().dim(1)),
                                model.parameters(),
                                Precision.F32)) {
            Map<String, Tensor> actual = program.run(Map.of(
                    CaptionerModel.PIXELS, expected.get(CaptionerModel.PIXELS), CaptionerModel.DECODER_IDS, ids));
            Set<String> compared = new TreeSet<>();
            actual.forEach((output, tensor) -> {
                if (!output.equals(TextModel.LOGITS)) {
                    compare(name, output, expected, tensor);
                }
                compared.add(output);
            });
            compare(name, TextModel.LOGITS, expected, actual.get(TextModel.LOGITS));
            Set<String> left = new TreeSet<>(expected.keySet());
            left.removeAll(compared);
            left.removeIf(key -> key.startsWith("sequences")
                    || key.equals(CaptionerModel.PIXELS)
                    || key.equals(CaptionerModel.DECODER_IDS));
            assertTrue(left.isEmpty(), "every tensor of the fixture is compared, left " + left);
        }
    }

    private static void compare(String name, String output, Map<String, Tensor> expected, Tensor actual) {
        Tensors.assertClose(name + " " + output, expected.get(output), actual, TOLERANCE);
    }
}
