package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PillowResizeTest {
    static Stream<String> pillowResults() throws IOException {
        return FixtureFiles.expected("pil-resize").keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("pillowResults")
    void equalsPillowInEveryByte(String key) throws IOException {
        Map<String, Tensor> expected = FixtureFiles.expected("pil-resize");
        Path file = FixtureFiles.of("pil-resize").resolve("image.png");
        RgbImage image = RgbImage.from(ImageIO.read(file.toFile()));
        Tensor want = expected.get(key);
        String[] name = key.split("\\.");
        RgbImage got =
                PillowResize.resize(image, want.shape().dim(0), want.shape().dim(1), Resampling.ofName(name[0]));
        byte[] bytes = new byte[(int) want.shape().size()];
        want.buffer().get(bytes);
        assertArrayEquals(bytes, got.toBytes());
    }

    @Test
    void pillowResultsCoverEveryFilter() throws IOException {
        long filters = pillowResults().map(k -> k.split("\\.")[0]).distinct().count();
        assertEquals(Resampling.values().length, filters);
    }

    @ParameterizedTest
    @EnumSource
    void keepsAConstantImage(Resampling filter) {
        byte[] samples = new byte[3 * 17 * 23];
        Arrays.fill(samples, (byte) 201);
        RgbImage out = PillowResize.resize(RgbImage.of(17, 23, samples), 41, 9, filter);
        for (byte b : out.toBytes()) {
            assertEquals((byte) 201, b);
        }
    }

    @ParameterizedTest
    @EnumSource
    void commutesWithTransposing(Resampling filter) {
        RgbImage image = random(19, 31);
        RgbImage oneAxis = PillowResize.resize(image, 19, 12, filter);
        RgbImage turned =
                Orientation.TRANSPOSE.apply(PillowResize.resize(Orientation.TRANSPOSE.apply(image), 12, 19, filter));
        assertEquals(oneAxis, turned);
    }

    @Test
    void boxHalvingTakesTheRoundedMean() {
        RgbImage image = RgbImage.of(1, 2, new byte[] {10, 0, (byte) 255, 13, 1, (byte) 255});
        assertArrayEquals(
                new byte[] {12, 1, (byte) 255},
                PillowResize.resize(image, 1, 1, Resampling.BOX).toBytes());
    }

    @Test
    void sameSizeReturnsTheImage() {
        RgbImage image = random(4, 5);
        assertSame(image, PillowResize.resize(image, 4, 5, Resampling.LANCZOS));
    }

    @Test
    void refusesAnEmptySize() {
        RgbImage image = random(4, 5);
        var e = assertThrows(IllegalArgumentException.class, () -> PillowResize.resize(image, 0, 7, Resampling.BOX));
        assertTrue(e.getMessage().contains("got 0 x 7"), e.getMessage());
    }

    static RgbImage random(int height, int width) {
        byte[] samples = new byte[3 * height * width];
        new Random(7).nextBytes(samples);
        return RgbImage.of(height, width, samples);
    }
}
