package org.fovea.core.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.GridSample;
import org.fovea.core.graph.PoolKind;
import org.fovea.core.graph.PoolWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;

/**
 * A retina: around a point, patches of growing size at falling resolution, patch i of side g·sⁱ brought to g x g by the mean of
 * sⁱ x sⁱ pixels. Places outside the image are zero; between pixels it is bilinear.
 *
 * <p>Points are (x, y): (-1, -1) the top-left corner of the image and (1, 1) its bottom-right corner, so that (0, 0) with the
 * image's and the patch's sides both even or both odd is the crop of the center.
 *
 * <p>Each scale is one box filter of the image, whatever the number of glimpses, and g·g samples a glimpse.
 *
 * @param pixels g, side of a patch
 * @param scales number of patches
 * @param factor s, from one patch to the next
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, section 3.1 and figure 1A</a>
 */
public record GlimpseSensor(int pixels, int scales, int factor) {
    /** Checks the sizes. */
    public GlimpseSensor {
        Check.positive("GlimpseSensor: pixels", pixels);
        Check.positive("GlimpseSensor: scales", scales);
        Check.positive("GlimpseSensor: factor", factor);
    }

    /**
     * Adds the sensor.
     *
     * @param images {@code [B, C, H, W]}, H and W at least 2
     * @param points {@code [B, 2]}
     * @return {@code [B, scales·C, pixels, pixels]}, the finest patch first
     * @throws IllegalArgumentException when the shapes do not fit
     */
    public Value build(Value images, Value points) {
        return look(blurred(images), points);
    }

    /**
     * Image at each scale, as input of {@link #look}: means of boxes of sⁱ x sⁱ pixels, at the position of their first pixel.
     */
    List<Value> blurred(Value images) {
        boolean fits = images.shape().rank() == 4
                && images.shape().dim(2) > 1
                && images.shape().dim(3) > 1;
        if (!fits) {
            throw new IllegalArgumentException(
                    "GlimpseSensor: images must be [B, C, H, W] with H and W at least 2, got " + images.shape());
        }
        List<Value> out = new ArrayList<>();
        for (int scale = 0, box = 1; scale < scales; scale++, box *= factor) {
            Value padded = images.pad(2, box - 1, box - 1).pad(3, box - 1, box - 1);
            out.add(box == 1 ? images : padded.pool2d(PoolKind.AVERAGE, PoolWindow.of(box, 1, 0)));
        }
        return out;
    }

    /** Patches around a point of each image. */
    Value look(List<Value> blurred, Value points) {
        int batch = blurred.get(0).shape().dim(0);
        if (points.shape().rank() != 2
                || points.shape().dim(0) != batch
                || points.shape().dim(1) != 2) {
            throw new IllegalArgumentException(
                    "GlimpseSensor: points must be [" + batch + ", 2] for " + batch + " images, got " + points.shape());
        }
        Value[] patches = new Value[scales];
        for (int scale = 0, box = 1; scale < scales; scale++, box *= factor) {
            Value image = blurred.get(scale);
            Value grid = grid(image, points.reshape(batch, 1, 1, 2), box); // [B, g, g, 2]
            patches[scale] = image.graph().apply(new GridSample(GridPadding.ZEROS, true), image, grid);
        }
        return patches[0].concat(1, Arrays.copyOfRange(patches, 1, scales));
    }

    /**
     * Sampling positions of the boxes. Box j of a patch around l begins at pixel (l + 1)/2·W - g·s/2 + s·j; the blurred image
     * begins s - 1 before the image, and its first and last elements are at -1 and 1. The constants are whole numbers, exact in
     * every precision, and the one division comes last.
     */
    private Value grid(Value image, Value points, int box) {
        float[] sizes = new float[2];
        float[] lasts = new float[2];
        float[] offsets = new float[pixels * pixels * 2];
        for (int axis = 0; axis < 2; axis++) {
            int last = image.shape().dim(3 - axis) - 1;
            int size = last + 2 - box;
            sizes[axis] = size;
            lasts[axis] = last;
            for (int i = 0; i < pixels * pixels; i++) {
                int j = axis == 0 ? i % pixels : i / pixels;
                int doubled = size - pixels * box + 2 * box * j + 2 * (box - 1); // twice the position for l = 0
                offsets[2 * i + axis] = doubled - last;
            }
        }
        Graph graph = image.graph();
        return points.multiply(graph.constant(Tensor.of(sizes, 2)))
                .add(graph.constant(Tensor.of(offsets, pixels, pixels, 2)))
                .divide(graph.constant(Tensor.of(lasts, 2)));
    }
}
