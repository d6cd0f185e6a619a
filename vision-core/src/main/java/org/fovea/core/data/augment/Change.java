package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/** The single changes that RandAugment and its relatives choose from. */
enum Change {
    IDENTITY,
    AUTO_CONTRAST,
    EQUALIZE,
    INVERT,
    ROTATE,
    POSTERIZE,
    SOLARIZE,
    SOLARIZE_ADD,
    COLOR,
    CONTRAST,
    BRIGHTNESS,
    SHARPNESS,
    SHEAR_X,
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y;

    /** Cubuk et al. 2020, figure 4. */
    static final List<Change> PAPER = List.of(
            IDENTITY,
            AUTO_CONTRAST,
            EQUALIZE,
            ROTATE,
            SOLARIZE,
            COLOR,
            POSTERIZE,
            CONTRAST,
            BRIGHTNESS,
            SHARPNESS,
            SHEAR_X,
            SHEAR_Y,
            TRANSLATE_X,
            TRANSLATE_Y);
    /** timm's list. */
    static final List<Change> TIMM = List.of(
            AUTO_CONTRAST,
            EQUALIZE,
            INVERT,
            ROTATE,
            POSTERIZE,
            SOLARIZE,
            SOLARIZE_ADD,
            COLOR,
            CONTRAST,
            BRIGHTNESS,
            SHARPNESS,
            SHEAR_X,
            SHEAR_Y,
            TRANSLATE_X,
            TRANSLATE_Y);

    private static final int MOST_ADDED = 110;

    /** The change at a level from 0 to 1 of its strength; what has two directions goes either way. */
    RgbImage apply(RgbImage image, double level, Strengths most, int fill, RandomGenerator random) {
        double way = random.nextBoolean() ? level : -level;
        return switch (this) {
            case IDENTITY -> image;
            case AUTO_CONTRAST -> PixelOps.autoContrast(image);
            case EQUALIZE -> PixelOps.equalize(image);
            case INVERT -> PixelOps.invert(image);
            case POSTERIZE -> PixelOps.posterize(image, bits(level, most));
            case SOLARIZE -> PixelOps.solarize(image, 256 - (int) (level * 256));
            case SOLARIZE_ADD -> PixelOps.solarizeAdd(image, (int) (level * MOST_ADDED));
            case COLOR -> PixelOps.color(image, factor(way, most));
            case CONTRAST -> PixelOps.contrast(image, factor(way, most));
            case BRIGHTNESS -> PixelOps.brightness(image, factor(way, most));
            case SHARPNESS -> PixelOps.sharpness(image, factor(way, most));
            case ROTATE ->
                Affine.rotate(way * most.degrees(), image.height(), image.width())
                        .apply(image, fill);
            case SHEAR_X -> Affine.shearX(way * most.shear()).apply(image, fill);
            case SHEAR_Y -> Affine.shearY(way * most.shear()).apply(image, fill);
            case TRANSLATE_X ->
                Affine.translate(way * most.translate() * image.width(), 0).apply(image, fill);
            case TRANSLATE_Y ->
                Affine.translate(0, way * most.translate() * image.height()).apply(image, fill);
        };
    }

    private static int bits(double level, Strengths most) {
        return most.bitsAtLeast() - (int) (level * (most.bitsAtLeast() - most.bitsAtMost()));
    }

    private static double factor(double way, Strengths most) {
        return Math.max(0.1, 1 + way * most.enhance());
    }
}
