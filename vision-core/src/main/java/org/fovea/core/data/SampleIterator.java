package org.fovea.core.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.fovea.core.data.BatchFormat.Item;

/** The samples of one batch, read as they are asked for. */
final class SampleIterator<S, D> implements Iterator<Item<S, D>> {
    /** The treatment of broken samples. */
    enum Broken {
        /** The next sample of the epoch's order replaces the broken one, so that batches stay full. */
        REPLACED,
        /** The broken sample is left out, so that no sample counts twice. */
        SKIPPED
    }

    private final Dataset<S> data;
    private final SampleStore<S, D> store;
    private final Broken broken;
    private final IntFunction<RandomGenerator> randoms;
    private final int[] order;
    private final int end;
    private int position;
    private Item<S, D> next;

    /**
     * Iterates over positions of an epoch's order.
     *
     * @param randoms random generator of each sample, by its index
     */
    SampleIterator(
            Dataset<S> data,
            SampleStore<S, D> store,
            Broken broken,
            IntFunction<RandomGenerator> randoms,
            int[] order,
            int from,
            int end) {
        this.data = data;
        this.store = store;
        this.broken = broken;
        this.randoms = randoms;
        this.order = order;
        this.position = from;
        this.end = end;
    }

    @Override
    public boolean hasNext() {
        while (next == null && position < end) {
            next = find(position++);
        }
        return next != null;
    }

    @Override
    public Item<S, D> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("SampleIterator: the batch has no further sample");
        }
        Item<S, D> out = next;
        next = null;
        return out;
    }

    private Item<S, D> find(int from) {
        int tries = broken == Broken.SKIPPED ? 1 : order.length;
        for (int t = 0; t < tries; t++) {
            int index = order[(from + t) % order.length];
            Optional<D> read = store.get(index);
            if (read.isPresent()) {
                return new Item<>(data.get(index), read.get(), randoms.apply(index));
            }
        }
        if (broken == Broken.SKIPPED) {
            return null;
        }
        throw new DataSetException(data.name() + ": at least one image must be readable, got none of " + order.length
                + ", such as " + store.broken().get(0).problem());
    }
}
