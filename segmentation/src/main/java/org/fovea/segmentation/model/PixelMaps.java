package org.fovea.segmentation.model;

import java.util.Map;
import org.fovea.core.image.LabelMask;
import org.fovea.core.tensor.Tensor;

/** Maps of one image that a network gives: scores of classes, and depths in objects where it tells those. */
public final class PixelMaps {
    private final int height;
    private final int width;
    private final float[][] logits;
    private final float[] depth;

    private PixelMaps(int height, int width, float[][] logits, float[] depth) {
        this.height = height;
        this.width = width;
        this.logits = logits;
        this.depth = depth;
    }

    /** Crops a network's outputs, {@code [1, ·, fromHeight, fromWidth]}, to the image. */
    static PixelMaps of(
            PixelNetwork model, Map<String, Tensor> outputs, int fromHeight, int fromWidth, int height, int width) {
        float[] all = outputs.get(PixelNetwork.LOGITS).toFloats();
        float[][] logits = new float[model.classes()][];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = cut(all, k * fromHeight * fromWidth, fromWidth, height, width);
        }
        float[] depth = model.hasDistance()
                ? cut(outputs.get(PixelNetwork.DISTANCE).toFloats(), 0, fromWidth, height, width)
                : null;
        if (depth != null) {
            for (int i = 0; i < depth.length; i++) {
                depth[i] = (float) (1 / (1 + Math.exp(-depth[i])));
            }
        }
        return new PixelMaps(height, width, logits, depth);
    }

    private static float[] cut(float[] from, int begin, int fromWidth, int height, int width) {
        float[] out = new float[height * width];
        for (int y = 0; y < height; y++) {
            System.arraycopy(from, begin + y * fromWidth, out, y * width, width);
        }
        return out;
    }

    /** Height of the image in pixels. */
    public int height() {
        return height;
    }

    /** Width of the image in pixels. */
    public int width() {
        return width;
    }

    /** Most likely class of each pixel. */
    public LabelMask classes() {
        int[] out = new int[height * width];
        for (int i = 0; i < out.length; i++) {
            for (int k = 1; k < logits.length; k++) {
                out[i] = logits[k][i] > logits[out[i]][i] ? k : out[i];
            }
        }
        return LabelMask.of(height, width, out);
    }

    /** Probability that a pixel does not belong to the background, {@code [H, W]}. */
    public float[] foreground() {
        float[] out = new float[height * width];
        for (int i = 0; i < out.length; i++) {
            double others = 0;
            for (int k = 1; k < logits.length; k++) {
                others += Math.exp(Math.min(80, logits[k][i] - logits[0][i]));
            }
            out[i] = (float) (others / (1 + others));
        }
        return out;
    }

    /** Returns whether there are depths. */
    public boolean hasDepth() {
        return depth != null;
    }

    /**
     * Depth of each pixel within its object, 0 to 1, {@code [H, W]}.
     *
     * @throws IllegalStateException when the network does not predict depths
     */
    public float[] depth() {
        if (depth == null) {
            throw new IllegalStateException("PixelMaps: depths need a network that tells them, got one without");
        }
        return depth.clone();
    }
}
