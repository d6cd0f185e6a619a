package org.fovea.server.task;

import java.util.Arrays;
import org.fovea.core.image.RgbImage;

/** An image of nothing, to make programs with. */
public final class GrayImage {
    private static final int SIDE = 64;
    private static final byte GRAY = 127;

    private GrayImage() {}

    /** Creates a small square. */
    public static RgbImage create() {
        byte[] samples = new byte[3 * SIDE * SIDE];
        Arrays.fill(samples, GRAY);
        return RgbImage.of(SIDE, SIDE, samples);
    }
}
