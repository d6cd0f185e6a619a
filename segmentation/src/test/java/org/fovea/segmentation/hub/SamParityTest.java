package org.fovea.segmentation.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.Tensors;
import org.fovea.segmentation.model.PointKind;
import org.fovea.segmentation.model.Sam;
import org.fovea.segmentation.model.Sam.Ambiguity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixels, image embedding and masks as the reference computes them. */
class SamParityTest {
    private static final Path FIXTURE = FixtureFiles.of("sam");
    private static final Map<String, Tensor> EXPECTED = FixtureFiles.expected("sam");
    private static final double PIXEL_TOLERANCE = 1e-6;
    private static final double TOLERANCE = 1e-4;

    static Stream<String> backends() {
        return Backends.names().stream();
    }

    @Test
    void pixelsEqualTheReference() {
        Tensor pixels =
                ImageProcessor.load(FIXTURE).process(ImageDecoder.create().decode(FIXTURE.resolve("image.png")));
        Tensors.assertClose("pixels", EXPECTED.get(Sam.PIXELS), pixels, PIXEL_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void embeddingEqualsTheReference(String name) {
        try (PretrainedSam sam = PretrainedSam.open(FIXTURE);
                Program program =
                        Backends.named(name).compile(sam.model().embedding(), sam.parameters(), Precision.F32)) {
            Tensor tokens =
                    program.run(Map.of(Sam.PIXELS, EXPECTED.get(Sam.PIXELS))).get(Sam.TOKENS);
            Tensors.assertClose(name, tokens(), tokens, TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void masksEqualTheReference(String name) {
        Backend backend = Backends.named(name);
        List<String> compared = new ArrayList<>();
        try (PretrainedSam sam = PretrainedSam.open(FIXTURE)) {
            WeightSource weights = sam.model().prepared(sam.parameters());
            for (String prompt : List.of("point", "points", "box")) {
                Map<String, Tensor> given = given(prompt);
                int points = given.get(Sam.KINDS).shape().dim(1);
                Sam.Form form = new Sam.Form(1, points, false, Ambiguity.SEVERAL, false);
                try (Program program = backend.compile(sam.model().masks(form), weights, Precision.F32)) {
                    program.run(given).forEach((output, tensor) -> {
                        Tensor expected = EXPECTED.get(prompt + "." + output);
                        int[] sizes = tensor.shape().toArray();
                        Tensors.assertClose(prompt + " " + output, expected.reshape(sizes), tensor, TOLERANCE);
                        compared.add(output);
                    });
                }
            }
        }
        assertEquals(6, compared.size());
    }

    /** The reference's embedding, its places last to first axis. */
    private static Tensor tokens() {
        Tensor map = EXPECTED.get("image_embeddings");
        int channels = map.shape().dim(1);
        int places = map.shape().dim(2) * map.shape().dim(3);
        float[] from = map.toFloats();
        float[] out = new float[from.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = from[i % channels * places + i / channels];
        }
        return Tensor.of(out, 1, places, channels);
    }

    private static Map<String, Tensor> given(String prompt) {
        if (prompt.equals("box")) {
            Tensor corners = EXPECTED.get("box.input_boxes").reshape(1, 2, 2);
            int[] kinds = {PointKind.TOP_LEFT.index(), PointKind.BOTTOM_RIGHT.index()};
            return Map.of(Sam.TOKENS, tokens(), Sam.POINTS, corners, Sam.KINDS, Tensor.of(kinds, 1, 2));
        }
        float[] points = EXPECTED.get(prompt + ".input_points").toFloats();
        long[] labels = EXPECTED.get(prompt + ".input_labels").toLongs();
        int n = labels.length + 1;
        float[] padded = new float[2 * n];
        System.arraycopy(points, 0, padded, 0, points.length);
        int[] kinds = new int[n];
        for (int i = 0; i < labels.length; i++) {
            kinds[i] = labels[i] == 1 ? PointKind.FOREGROUND.index() : PointKind.BACKGROUND.index();
        }
        return Map.of(Sam.TOKENS, tokens(), Sam.POINTS, Tensor.of(padded, 1, n, 2), Sam.KINDS, Tensor.of(kinds, 1, n));
    }
}
