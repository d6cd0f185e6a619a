package org.fovea.server.trial.hostile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Small images in the formats that the server reads. */
final class SampleImages {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;
    /** A lossless WebP of one pixel. */
    private static final String WEBP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

    static final List<byte[]> ALL = draw();

    private SampleImages() {}

    static byte[] any(SplittableRandom random) {
        return SoundRequests.one(ALL, random);
    }

    private static List<byte[]> draw() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.setRGB(i % WIDTH, i / WIDTH, i * 0x010307);
        }
        List<byte[]> out = new ArrayList<>();
        for (String format : List.of("png", "jpeg", "gif", "bmp", "tiff")) {
            out.add(file(image, format));
        }
        out.add(Base64.getDecoder().decode(WEBP));
        out.add(Draft.join("P6 40 30 255\n".getBytes(StandardCharsets.US_ASCII), new byte[WIDTH * HEIGHT * 3]));
        return List.copyOf(out);
    }

    private static byte[] file(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("SampleImages: there is no writer of " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
