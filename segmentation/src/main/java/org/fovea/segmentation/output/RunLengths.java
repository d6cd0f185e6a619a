package org.fovea.segmentation.output;

import org.fovea.core.image.LabelMask;

/**
 * The pixels of one label as COCO's compressed run lengths: runs down the columns from the top left, those outside first, each
 * length less the one two before it, in groups of five bits.
 *
 * @see <a href="https://cocodataset.org/#format-results">COCO, mask format</a>
 */
final class RunLengths {
    private static final int BITS = 5;
    private static final int MORE = 1 << BITS;
    private static final int SIGN = 1 << (BITS - 1);
    private static final int FIRST = 48;

    private final StringBuilder text = new StringBuilder();
    private long before;
    private long twoBefore;
    private int count;

    private RunLengths() {}

    /**
     * Encoded runs of a label.
     *
     * @param left first column that has the label
     * @param right column after the last
     */
    static String of(LabelMask mask, int label, int left, int right) {
        RunLengths out = new RunLengths();
        int height = mask.height();
        long run = (long) left * height;
        boolean inside = false;
        for (int x = left; x < right; x++) {
            for (int y = 0; y < height; y++) {
                if (mask.label(y, x) == label != inside) {
                    out.add(run);
                    run = 0;
                    inside = !inside;
                }
                run++;
            }
        }
        long rest = (long) (mask.width() - right) * height;
        if (inside) {
            out.add(run);
            run = 0;
        }
        if (run + rest > 0) {
            out.add(run + rest);
        }
        return out.text.toString();
    }

    private void add(long run) {
        long value = count > 2 ? run - twoBefore : run;
        twoBefore = before;
        before = run;
        count++;
        boolean more = true;
        while (more) {
            long group = value & (MORE - 1);
            value >>= BITS;
            more = (group & SIGN) != 0 ? value != -1 : value != 0;
            text.append((char) ((more ? group | MORE : group) + FIRST));
        }
    }
}
