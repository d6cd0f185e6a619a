package org.fovea.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.fovea.core.engine.Backends;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.Tensors;
import org.fovea.segmentation.mask.ScoreMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pixels, intermediates, logits and mask as the reference computes them. */
class SegFormerParityTest {
    private static final String NAME = "segformer";
    private static final double PIXEL_TOLERANCE = 1e-6;
    private static final double TOLERANCE = 1e-4;
    private static final double TIE = 1e-5;

    static Iterable<String> backends() {
        return Backends.names();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everythingEqualsTheReference(String backend) {
        Map<String, Tensor> expected = FixtureFiles.expected(NAME);
        SegmenterOptions options = SegmenterOptions.defaults().withBackend(Backends.named(backend));
        Path directory = FixtureFiles.of(NAME);
        RgbImage image = ImageDecoder.create().decode(directory.resolve("image.png"));
        try (ImageSegmenter segmenter = ImageSegmenter.load(directory, options)) {
            Map<String, Tensor> actual = segmenter.dump(image);
            assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(actual.keySet()));
            expected.forEach((name, tensor) -> {
                double tolerance = name.equals("pixel_values") ? PIXEL_TOLERANCE : TOLERANCE;
                if (!name.equals("mask")) {
                    Tensors.assertClose(name, tensor, actual.get(name), tolerance);
                }
            });
            assertSameMask(expected.get("mask"), actual.get("mask"), segmenter.scores(image));
        }
    }

    /** Every pixel whose two best scores are not nearly the same has the reference's class. */
    private static void assertSameMask(Tensor expected, Tensor actual, ScoreMap scores) {
        int height = expected.shape().dim(0);
        int width = expected.shape().dim(1);
        assertEquals(expected.shape(), actual.shape());
        long[] theirs = expected.toLongs();
        long[] ours = actual.toLongs();
        float[] best = new float[theirs.length];
        float[] second = new float[theirs.length];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int k = 0; k < scores.outputs(); k++) {
            float[] plane = scores.atPixels(k, height, width);
            for (int i = 0; i < plane.length; i++) {
                second[i] = Math.max(second[i], Math.min(best[i], plane[i]));
                second[i] = k == 0 ? Float.NEGATIVE_INFINITY : second[i];
                best[i] = Math.max(best[i], plane[i]);
            }
        }
        for (int i = 0; i < theirs.length; i++) {
            if (!(best[i] - second[i] < TIE)) {
                assertEquals(theirs[i], ours[i], "pixel " + i);
            }
        }
    }
}
