package org.fovea.core.data.augment;

import java.util.List;
import java.util.random.RandomGenerator;
import org.fovea.core.image.RgbImage;

/** The single changes that RandAugment and its relatives choose from. */
enum ImageTransform {
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

    /** Transformations of Cubuk et al. 2020, figure 4. */
    static final List<ImageTransform> PAPER = List.of(
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
    /** Transformations of timm. */
    static final List<ImageTransform> TIMM = List.of(
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

    /** Applies the change at a strength from 0 to 1; changes with two directions take either at random. */
    AnnotatedImage apply(AnnotatedImage sample, double level, MagnitudeRange most, int fill, RandomGenerator random) {
        double way = random.nextBoolean() ? level : -level;
        int height = sample.image().height();
        int width = sample.image().width();
        return switch (this) {
            case ROTATE -> moved(sample, Affine.rotate(way * most.degrees(), height, width), fill);
            case SHEAR_X -> moved(sample, Affine.shearX(way * most.shear()), fill);
            case SHEAR_Y -> moved(sample, Affine.shearY(way * most.shear()), fill);
            case TRANSLATE_X -> moved(sample, Affine.translate(way * most.translate() * width, 0), fill);
            case TRANSLATE_Y -> moved(sample, Affine.translate(0, way * most.translate() * height), fill);
            default -> sample.withImage(recolored(sample.image(), level, way, most));
        };
    }

    private static AnnotatedImage moved(AnnotatedImage sample, Affine source, int fill) {
        return sample.moved(
                Geometry.affine(source, sample.image().height(), sample.image().width(), fill));
    }

    private RgbImage recolored(RgbImage image, double level, double way, MagnitudeRange most) {
        return switch (this) {
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
            default -> image;
        };
    }

    private static int bits(double level, MagnitudeRange most) {
        return most.bitsAtLeast() - (int) (level * (most.bitsAtLeast() - most.bitsAtMost()));
    }

    private static double factor(double way, MagnitudeRange most) {
        return Math.max(0.1, 1 + way * most.enhance());
    }
}
