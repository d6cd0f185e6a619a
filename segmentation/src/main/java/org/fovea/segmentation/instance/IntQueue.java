package org.fovea.segmentation.instance;

import java.util.Arrays;

/** Numbers, first in first out. */
final class IntQueue {
    private int[] ring = new int[16];
    private int first;
    private int size;

    void add(int value) {
        if (size == ring.length) {
            int[] larger = Arrays.copyOfRange(ring, first, first + 2 * size);
            System.arraycopy(ring, 0, larger, size - first, first);
            ring = larger;
            first = 0;
        }
        ring[(first + size++) % ring.length] = value;
    }

    int remove() {
        int out = ring[first];
        first = (first + 1) % ring.length;
        size--;
        return out;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
