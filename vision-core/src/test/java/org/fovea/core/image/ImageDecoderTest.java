package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageDecoderTest {
    private static final String EXPECTED = ".rgb.png";

    static Stream<Path> images() throws IOException {
        try (Stream<Path> files = Files.list(FixtureFiles.resource("/images"))) {
            List<Path> images = files.filter(f ->
                            !f.toString().endsWith(EXPECTED) && !f.toString().endsWith(".py"))
                    .sorted()
                    .toList();
            assertTrue(images.size() >= 36, () -> "found only " + images);
            return images.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void readsAsPillowDoes(Path image) throws IOException {
        RgbImage want = RgbImage.from(javax.imageio.ImageIO.read(new java.io.File(image + EXPECTED)));
        RgbImage got = ImageDecoder.create().decode(image);
        assertEquals(want.toString(), got.toString());
        int worst = 0;
        for (int i = 0; i < want.samples().length; i++) {
            worst = Math.max(worst, Math.abs((want.samples()[i] & 0xff) - (got.samples()[i] & 0xff)));
        }
        assertTrue(worst <= tolerance(image), "worst difference " + worst);
    }

    /** libtiff and Pillow round the product of ink and black differently. */
    private static int tolerance(Path image) {
        return image.endsWith("cmyk.tif") ? 1 : 0;
    }
}
