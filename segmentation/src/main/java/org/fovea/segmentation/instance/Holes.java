package org.fovea.segmentation.instance;

/** Gaps within objects. */
final class Holes {
    private Holes() {}

    /** Fills each hole of at most {@code largest} pixels within an object with that object's label. */
    static void fill(int[] labels, int height, int width, int largest) {
        if (largest == 0) {
            return;
        }
        boolean[] outside = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            outside[i] = labels[i] == 0;
        }
        int[] gaps = new Components(height, width).label(outside);
        int count = 0;
        for (int gap : gaps) {
            count = Math.max(count, gap);
        }
        int[] areas = new int[count + 1];
        int[] around = new int[count + 1]; // object around a hole; -1 for several, or the border
        for (int i = 0; i < gaps.length; i++) {
            if (gaps[i] > 0) {
                areas[gaps[i]]++;
                int x = i % width;
                int y = i / width;
                look(around, labels, gaps[i], x > 0 ? i - 1 : -1);
                look(around, labels, gaps[i], x < width - 1 ? i + 1 : -1);
                look(around, labels, gaps[i], y > 0 ? i - width : -1);
                look(around, labels, gaps[i], y < height - 1 ? i + width : -1);
            }
        }
        for (int i = 0; i < gaps.length; i++) {
            if (gaps[i] > 0 && areas[gaps[i]] <= largest && around[gaps[i]] > 0) {
                labels[i] = around[gaps[i]];
            }
        }
    }

    private static void look(int[] around, int[] labels, int gap, int at) {
        if (at < 0) {
            around[gap] = -1;
        } else if (labels[at] > 0 && around[gap] != labels[at]) {
            around[gap] = around[gap] == 0 ? labels[at] : -1;
        }
    }
}
