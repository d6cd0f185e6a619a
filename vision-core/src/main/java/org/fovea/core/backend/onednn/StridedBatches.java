package org.fovea.core.backend.onednn;

/**
 * The layouts of batched matrices that oneDNN's products read from the wrong places, without an error (3.11, every
 * element type): found by comparing 12,000 random layouts with a plain loop, none unexplained.
 */
final class StridedBatches {
    private StridedBatches() {}

    /**
     * Returns whether oneDNN treats matrices as evenly spaced although they are not. With four axes or more, it only compares
     * the ratio of the largest and the smallest stride between matrices with their number. An example are the queries of 3·N
     * images of N tokens, cut out of one product for queries, keys and values.
     */
    static boolean misread(View view) {
        int axes = view.rank() - 2;
        if (axes < 2) {
            return false;
        }
        long[] strides = view.plainStrides();
        long matrices = 1;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < axes; i++) {
            matrices *= view.sizes()[i];
            least = Math.min(least, strides[i]);
            most = Math.max(most, strides[i]);
        }
        return least > 0 && most / least == matrices && !evenlySpaced(view.sizes(), strides, axes);
    }

    private static boolean evenlySpaced(int[] sizes, long[] strides, int axes) {
        long expected = strides[axes - 1];
        for (int i = axes - 1; i >= 0; i--) {
            if (sizes[i] > 1 && strides[i] != expected) {
                return false;
            }
            expected *= sizes[i];
        }
        return true;
    }

    /** Returns whether the right factor of a product has a single row with gaps, which oneDNN would treat as a column. */
    static boolean isMisreadRow(View right) {
        return right.rank() > 1 && right.sizes()[right.rank() - 2] == 1 && !right.isDense();
    }
}
