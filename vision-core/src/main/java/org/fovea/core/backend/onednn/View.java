package org.fovea.core.backend.onednn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;

/**
 * Elements of a storage as an array with strides: what reshape, permute and slice change without touching memory.
 *
 * @param strides strides in elements, one per size
 * @param offset offset of the first element, in elements
 */
record View(Storage storage, ElementType type, int[] sizes, long[] strides, long offset) {
    static View dense(Storage storage, ElementType type, int... sizes) {
        return new View(storage, type, sizes, denseStrides(sizes), 0);
    }

    static long[] denseStrides(int[] sizes) {
        long[] strides = new long[sizes.length];
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= Math.max(1, sizes[i]);
        }
        return strides;
    }

    /** View with the same layout from another first element. */
    View at(long newOffset) {
        return new View(storage, type, sizes, strides, newOffset);
    }

    /** View with the same layout but another type; for descriptions only, since there is no memory of that type. */
    View as(ElementType other) {
        return new View(storage, other, sizes, strides, offset);
    }

    long count() {
        return Arrays.stream(sizes).asLongStream().reduce(1, (a, b) -> a * b);
    }

    int rank() {
        return sizes.length;
    }

    /** Returns whether the elements are contiguous in row-major order. */
    boolean isDense() {
        long stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            if (sizes[i] != 1 && strides[i] != stride) {
                return false;
            }
            stride *= sizes[i];
        }
        return true;
    }

    /** Axes from the outermost in memory to the innermost, those of size 1 first. */
    int[] memoryOrder() {
        return IntStream.range(0, rank())
                .boxed()
                .sorted(Comparator.comparingLong((Integer a) -> sizes[a] == 1 ? Long.MIN_VALUE : -strides[a]))
                .mapToInt(a -> a)
                .toArray();
    }

    /** Returns whether the elements are contiguous in some order of the axes. */
    boolean isPacked() {
        return permute(memoryOrder()).isDense();
    }

    /** Elements of a packed view in the order of memory. */
    View flat() {
        return new View(storage, type, new int[] {Math.toIntExact(count())}, new long[] {1}, offset);
    }

    View permute(int... axes) {
        int[] newSizes = Arrays.stream(axes).map(a -> sizes[a]).toArray();
        long[] newStrides = Arrays.stream(axes).mapToLong(a -> strides[a]).toArray();
        return new View(storage, type, newSizes, newStrides, offset);
    }

    View slice(int axis, int begin, int end) {
        int[] newSizes = sizes.clone();
        newSizes[axis] = end - begin;
        return new View(storage, type, newSizes, strides, offset + begin * strides[axis]);
    }

    /** View with the last two axes exchanged. */
    View transposed() {
        int[] axes = new int[rank()];
        Arrays.setAll(axes, i -> i);
        axes[rank() - 1] = rank() - 2;
        axes[rank() - 2] = rank() - 1;
        return permute(axes);
    }

    /** View of the same memory in another shape, or null if no strides can express it. */
    View reshape(int... to) {
        if (Arrays.equals(to, sizes)) {
            return this;
        }
        long[] newStrides = new long[to.length];
        int from = 0;
        int i = 0;
        while (i < to.length) {
            if (to[i] == 1) {
                newStrides[i++] = 1;
                continue;
            }
            while (from < sizes.length && sizes[from] == 1) {
                from++;
            }
            int fromEnd = from + 1;
            int end = i + 1;
            long have = sizes[from];
            long want = to[i];
            while (have != want) {
                if (have < want) {
                    have *= sizes[fromEnd++];
                } else {
                    want *= to[end++];
                }
            }
            for (int a = from; a + 1 < fromEnd; a++) {
                if (!runsOn(a, fromEnd)) {
                    return null;
                }
            }
            long stride = innermostStride(from, fromEnd);
            for (int a = end - 1; a >= i; a--) {
                newStrides[a] = stride;
                stride *= to[a];
            }
            from = fromEnd;
            i = end;
        }
        return new View(storage, type, to, newStrides, offset);
    }

    /** Returns whether one step along axis a covers the whole next axis before {@code end} that is not of size 1. */
    private boolean runsOn(int a, int end) {
        if (sizes[a] == 1) {
            return true;
        }
        for (int b = a + 1; b < end; b++) {
            if (sizes[b] != 1) {
                return strides[a] == strides[b] * sizes[b];
            }
        }
        return true;
    }

    private long innermostStride(int from, int end) {
        for (int a = end - 1; a >= from; a--) {
            if (sizes[a] != 1) {
                return strides[a];
            }
        }
        return 1;
    }

    /** View with leading axes of size 1 up to the given rank. */
    View withRank(int rank) {
        int extra = rank - rank();
        int[] newSizes = new int[rank];
        long[] newStrides = new long[rank];
        Arrays.fill(newSizes, 0, extra, 1);
        Arrays.fill(newStrides, 0, extra, Math.max(1, count()));
        System.arraycopy(sizes, 0, newSizes, extra, rank());
        System.arraycopy(strides, 0, newStrides, extra, rank());
        return new View(storage, type, newSizes, newStrides, offset);
    }

    /** Memory descriptor; a scalar becomes one axis of size 1. */
    memory.desc desc() {
        if (sizes.length == 0) {
            return new memory.desc(new long[] {1}, type.code, new long[] {1});
        }
        return new memory.desc(longs(sizes), type.code, plainStrides());
    }

    /**
     * Strides for oneDNN. Those of axes of size 1, which have no meaning, are set beyond the extent of the inner axes:
     * otherwise oneDNN treats a matrix of one row as columns, and the heads of one image as the rows of a matrix.
     */
    long[] plainStrides() {
        long[] out = strides.clone();
        long reach = 1;
        for (int i = out.length - 1; i >= 0; i--) {
            out[i] = sizes[i] == 1 ? reach : out[i];
            reach = Math.max(reach, out[i] * sizes[i]);
        }
        return out;
    }

    static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    /** Key that is equal for views of the same elements in the same layout. */
    List<Object> key() {
        return List.of(storage, type, Arrays.toString(sizes), Arrays.toString(strides), offset);
    }

    long address(MemoryBases bases) {
        return storage.address(bases) + offset * type.bytes;
    }

    @Override
    public String toString() {
        return type + Arrays.toString(sizes) + (isDense() ? "" : " strides " + Arrays.toString(strides));
    }
}
