package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.RgbImage;

/**
 * Moves an image by up to so many pixels in each direction: a black border is added and a part of the old size cut out at
 * random.
 *
 * @param pixels width of the border in pixels, at least 0; 4 for CIFAR
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2015, section 4.2</a>
 */
public record PaddedCrop(int pixels) implements Geometric {
    /** Checks the border. */
    public PaddedCrop {
        Check.notNegative("PaddedCrop: pixels", pixels);
    }

    @Override
    public Geometry draw(int height, int width, RandomGenerator random) {
        int down = random.nextInt(2 * pixels + 1) - pixels;
        int right = random.nextInt(2 * pixels + 1) - pixels;
        return Geometry.shift(down, right, height, width);
    }

    /** Shifts an image up and left by whole pixels, with black beyond its edges. */
    static RgbImage shifted(RgbImage image, int up, int left) {
        int height = image.height();
        int width = image.width();
        byte[] in = image.toBytes();
        byte[] out = new byte[in.length];
        int copied = width - Math.abs(left);
        for (int y = Math.max(0, -up); y < Math.min(height, height - up) && copied > 0; y++) {
            int from = 3 * ((y + up) * width + Math.max(0, left));
            int to = 3 * (y * width + Math.max(0, -left));
            System.arraycopy(in, from, out, to, 3 * copied);
        }
        return RgbImage.of(height, width, out);
    }
}
