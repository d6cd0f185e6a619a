package org.fovea.segmentation.instance;

import org.fovea.core.image.LabelMask;

/** Pixels where objects touch or nearly touch. */
public final class TouchingBorders {
    private TouchingBorders() {}

    /**
     * Marks pixels near two or more objects.
     *
     * @param instances labels of the objects, 0 for the background
     * @param reach distance in rows and columns within which objects count, in pixels
     * @return 1 for pixels with at least two objects within reach, else 0
     */
    public static LabelMask of(LabelMask instances, int reach) {
        int height = instances.height();
        int width = instances.width();
        char[] least = new char[height * width];
        char[] most = new char[height * width];
        for (int i = 0; i < least.length; i++) {
            most[i] = (char) instances.label(i / width, i % width);
            least[i] = most[i] == 0 ? Character.MAX_VALUE : most[i];
        }
        for (int axis = 0; axis < 2; axis++) {
            least = reduced(least, height, width, axis == 0, reach, true);
            most = reduced(most, height, width, axis == 0, reach, false);
        }
        int[] out = new int[least.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = most[i] > 0 && least[i] < most[i] ? 1 : 0;
        }
        return LabelMask.of(height, width, out);
    }

    private static char[] reduced(char[] in, int height, int width, boolean down, int reach, boolean least) {
        char[] out = new char[in.length];
        int stride = down ? width : 1;
        int size = down ? height : width;
        for (int i = 0; i < in.length; i++) {
            int at = down ? i / width : i % width;
            char best = in[i];
            for (int step = -Math.min(reach, at); step <= Math.min(reach, size - 1 - at); step++) {
                char v = in[i + step * stride];
                best = least == (v < best) ? v : best;
            }
            out[i] = best;
        }
        return out;
    }
}
