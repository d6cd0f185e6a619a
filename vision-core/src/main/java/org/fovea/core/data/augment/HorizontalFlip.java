package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/**
 * Mirrors left and right.
 *
 * @param probability of mirroring, in [0, 1]; 0.5 as a rule
 */
public record HorizontalFlip(double probability) implements Augmentation {
    /** Checks the probability. */
    public HorizontalFlip {
        Checks.probability("HorizontalFlip", probability);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        if (random.nextDouble() >= probability) {
            return image;
        }
        int width = image.width();
        byte[] in = image.toBytes();
        byte[] out = new byte[in.length];
        for (int row = 0; row < in.length; row += 3 * width) {
            for (int i = row, o = row + 3 * (width - 1); i < row + 3 * width; i += 3, o -= 3) {
                out[o] = in[i];
                out[o + 1] = in[i + 1];
                out[o + 2] = in[i + 2];
            }
        }
        return RgbImage.of(image.height(), width, out);
    }
}
