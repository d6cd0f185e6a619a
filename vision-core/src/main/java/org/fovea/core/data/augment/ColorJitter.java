package org.fovea.core.data.augment;

import java.util.random.RandomGenerator;
import org.fovea.core.Check;
import org.fovea.core.image.RgbImage;

/**
 * Changes brightness, contrast, saturation and hue by random amounts, in random order.
 *
 * @param brightness the factor lies in [1 - brightness, 1 + brightness], not below 0
 * @param contrast likewise for contrast
 * @param saturation likewise for saturation
 * @param hue the hue is rotated by -hue to hue turns; at most 0.5, half a turn
 * @see <a href="https://pytorch.org/vision/stable/generated/torchvision.transforms.ColorJitter.html">torchvision</a>
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) implements Photometric {
    private static final int KINDS = 4;

    /** Checks the ranges. */
    public ColorJitter {
        Check.notNegative("ColorJitter: brightness", brightness);
        Check.notNegative("ColorJitter: contrast", contrast);
        Check.notNegative("ColorJitter: saturation", saturation);
        Check.notNegative("ColorJitter: hue", hue);
        Check.that(hue <= 0.5, "ColorJitter: hue", "be at most 0.5", hue);
    }

    @Override
    public RgbImage apply(RgbImage image, RandomGenerator random) {
        int[] order = {0, 1, 2, 3};
        for (int i = KINDS - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        RgbImage out = image;
        for (int kind : order) {
            out = change(out, kind, 2 * random.nextDouble() - 1);
        }
        return out;
    }

    /** Applies one of the four changes; {@code way} from -1 to 1. */
    private RgbImage change(RgbImage image, int kind, double way) {
        return switch (kind) {
            case 0 -> brightness == 0 ? image : PixelOps.brightness(image, Math.max(0, 1 + way * brightness));
            case 1 -> contrast == 0 ? image : PixelOps.contrast(image, Math.max(0, 1 + way * contrast));
            case 2 -> saturation == 0 ? image : PixelOps.color(image, Math.max(0, 1 + way * saturation));
            default -> hue == 0 ? image : Hue.turn(image, way * hue);
        };
    }
}
