package org.fovea.segmentation.instance;

import org.fovea.core.image.LabelMask;

/** Depth of each pixel within its object. */
public final class ObjectDistance {
    /** Depth of an object's innermost pixel. */
    public static final int DEEPEST = 255;

    private ObjectDistance() {}

    /**
     * Depth in steps of 1/255: the Euclidean distance to the nearest pixel outside the object, divided by the object's largest
     * distance. Pixels beyond the image's border count as outside.
     *
     * @param instances labels of the objects, 0 for the background
     * @return depth of each pixel, 0 for the background, 1 to {@link #DEEPEST} within objects
     */
    public static LabelMask of(LabelMask instances) {
        int height = instances.height();
        int width = instances.width();
        float[] squared = squared(instances);
        float[] largest = new float[Character.MAX_VALUE + 1];
        for (int i = 0; i < squared.length; i++) {
            int label = instances.label(i / width, i % width);
            largest[label] = Math.max(largest[label], squared[i]);
        }
        int[] out = new int[squared.length];
        for (int i = 0; i < out.length; i++) {
            int label = instances.label(i / width, i % width);
            double share = label == 0 ? 0 : Math.sqrt(squared[i] / largest[label]);
            out[i] = label == 0 ? 0 : Math.max(1, (int) Math.round(DEEPEST * share));
        }
        return LabelMask.of(height, width, out);
    }

    /** Squared distance to the nearest pixel of another label, between pixel centers; 0 in the background. */
    static float[] squared(LabelMask instances) {
        int height = instances.height();
        int width = instances.width();
        float[] across = new float[height * width];
        for (int y = 0; y < height; y++) {
            for (int begin = 0, end; begin < width; begin = end) {
                int label = instances.label(y, begin);
                for (end = begin + 1; end < width && instances.label(y, end) == label; ) {
                    end++;
                }
                for (int x = begin; x < end && label != 0; x++) {
                    float steps = Math.min(x - begin + 1, end - x);
                    across[y * width + x] = steps * steps;
                }
            }
        }
        float[] out = new float[height * width];
        for (int x = 0; x < width; x++) {
            for (int begin = 0, end; begin < height; begin = end) {
                int label = instances.label(begin, x);
                for (end = begin + 1; end < height && instances.label(end, x) == label; ) {
                    end++;
                }
                for (int y = begin; y < end && label != 0; y++) {
                    out[y * width + x] = nearest(across, width, x, begin, end, y);
                }
            }
        }
        return out;
    }

    /**
     * Squared distance within a vertical run of an object, from the distances to its ends and the horizontal distances of its
     * pixels.
     */
    private static float nearest(float[] across, int width, int x, int begin, int end, int y) {
        float ends = Math.min(y - begin + 1, end - y);
        float best = ends * ends;
        for (int step = 0; step * step < best; step++) { // stays within the run, whose ends bound the distance
            if (y - step >= begin) {
                best = Math.min(best, across[(y - step) * width + x] + step * step);
            }
            if (y + step < end) {
                best = Math.min(best, across[(y + step) * width + x] + step * step);
            }
        }
        return best;
    }
}
