package org.fovea.segmentation.instance;

import org.fovea.core.image.LabelMask;

/** Depth of each pixel within its object. */
public final class ObjectDistance {
    /** The depth at the middle of an object. */
    public static final int DEEPEST = 255;

    private ObjectDistance() {}

    /**
     * Depth in steps of 1/255: the Euclidean distance to the nearest pixel that is not of the object, divided by the largest of
     * the object. Beyond the image's border no object goes on.
     *
     * @param instances 0 for the background, another label for each object
     * @return 0 for the background, 1 to {@link #DEEPEST} within objects
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

    /** Square of the distance to the nearest pixel of another label, from center to center; 0 in the background. */
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

    /** The least of the run's own ends and of what its pixels have across. */
    private static float nearest(float[] across, int width, int x, int begin, int end, int y) {
        float ends = Math.min(y - begin + 1, end - y);
        float best = ends * ends;
        for (int step = 0; step * step < best; step++) { // within the run, for its ends are no nearer
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
