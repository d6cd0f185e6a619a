package org.fovea.core.data.augment;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.LabeledBox;
import org.fovea.core.image.Orientation;
import org.fovea.core.image.PillowResize;
import org.fovea.core.image.Resampling;
import org.fovea.core.image.RgbImage;

/** One movement of an image's pixels, and of all that is marked on it alike. */
public final class Geometry {
    private final int height;
    private final int width;
    private final Affine source;
    private final UnaryOperator<RgbImage> image;

    /**
     * Creates a transformation to images of a given size.
     *
     * @param source map from points of the result to points of the original
     * @param image transforms images, with interpolation
     */
    private Geometry(int height, int width, Affine source, UnaryOperator<RgbImage> image) {
        this.height = height;
        this.width = width;
        this.source = source;
        this.image = image;
    }

    /** Identity. */
    static Geometry identity(int height, int width) {
        return new Geometry(height, width, Affine.translate(0, 0), image -> image);
    }

    /** Affine map of an image of this size, with bilinear interpolation; {@code fill} is {@code 0xRRGGBB}. */
    static Geometry affine(Affine source, int height, int width, int fill) {
        return new Geometry(height, width, source, image -> source.apply(image, fill));
    }

    /** Quarter turns or a mirroring of an image of this size. */
    static Geometry orientation(Orientation orientation, int height, int width) {
        Affine source =
                switch (orientation) {
                    case UPRIGHT -> new Affine(1, 0, 0, 0, 1, 0);
                    case MIRROR -> new Affine(-1, 0, width, 0, 1, 0);
                    case TURN_180 -> new Affine(-1, 0, width, 0, -1, height);
                    case FLIP -> new Affine(1, 0, 0, 0, -1, height);
                    case TRANSPOSE -> new Affine(0, 1, 0, 1, 0, 0);
                    case TURN_RIGHT -> new Affine(0, 1, 0, -1, 0, height);
                    case TRANSVERSE -> new Affine(0, -1, width, -1, 0, height);
                    case TURN_LEFT -> new Affine(0, -1, width, 1, 0, 0);
                };
        boolean swap = source.a() == 0;
        return new Geometry(swap ? width : height, swap ? height : width, source, orientation::apply);
    }

    /** Shift of an image of this size up and left by whole pixels, with black beyond its edges. */
    static Geometry shift(int up, int left, int height, int width) {
        return new Geometry(height, width, Affine.translate(left, up), image -> PaddedCrop.shifted(image, up, left));
    }

    /**
     * Crop of an image, resized.
     *
     * @param top first row of the crop
     * @param left first column of the crop
     * @param rows height of the crop in pixels
     * @param columns width of the crop in pixels
     */
    static Geometry part(int top, int left, int rows, int columns, int height, int width, Resampling filter) {
        Affine source = new Affine((double) columns / width, 0, left, 0, (double) rows / height, top);
        return new Geometry(
                height,
                width,
                source,
                image -> PillowResize.resize(Crops.crop(image, top, left, rows, columns), height, width, filter));
    }

    /** Transforms an image. */
    RgbImage image(RgbImage given) {
        return image.apply(given);
    }

    /** Transforms a mask: each pixel has the label of the pixel that its center comes from. */
    LabelMask mask(LabelMask given) {
        int[] out = new int[height * width];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                int fromX = (int) Math.floor(source.x(x + 0.5, y + 0.5));
                int fromY = (int) Math.floor(source.y(x + 0.5, y + 0.5));
                out[i] = given.label(fromY, fromX);
            }
        }
        return LabelMask.of(height, width, out).withOutside(given.outside());
    }

    /** Bounding box of the transformed box, as far as it lies on the image. */
    Optional<LabeledBox> box(LabeledBox given) {
        Affine target = source.inverse();
        double[] xs = {given.left(), given.right()};
        double[] ys = {given.top(), given.bottom()};
        double left = width;
        double top = height;
        double right = 0;
        double bottom = 0;
        for (double x : xs) {
            for (double y : ys) {
                left = Math.min(left, target.x(x, y));
                right = Math.max(right, target.x(x, y));
                top = Math.min(top, target.y(x, y));
                bottom = Math.max(bottom, target.y(x, y));
            }
        }
        left = Math.max(left, 0);
        top = Math.max(top, 0);
        right = Math.min(right, width);
        bottom = Math.min(bottom, height);
        return left < right && top < bottom
                ? Optional.of(new LabeledBox(left, top, right, bottom, given.label()))
                : Optional.empty();
    }
}
