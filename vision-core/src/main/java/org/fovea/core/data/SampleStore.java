package org.fovea.core.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.fovea.core.image.ImageException;

/**
 * A data set's samples as they were read: each is read when first asked for and kept while the bound allows; thread-safe.
 *
 * <p>Where the bound is too small for all, those that came first stay and the others are read every time: nothing is
 * thrown out, as each sample is needed once an epoch and the oldest would always be the next.
 */
final class SampleStore<S, D> {
    private final Dataset<S> data;
    private final BatchFormat<S, D, ?> format;
    private final AtomicReferenceArray<D> kept;
    private final AtomicLong bytesLeft;
    private final int brokenLimit;
    private final Map<Integer, BrokenImage> broken = new ConcurrentHashMap<>();

    SampleStore(Dataset<S> data, BatchFormat<S, D, ?> format, long cacheBytes, int brokenLimit) {
        this.data = data;
        this.format = format;
        this.kept = new AtomicReferenceArray<>(data.size());
        this.bytesLeft = new AtomicLong(cacheBytes);
        this.brokenLimit = brokenLimit;
    }

    /**
     * Sample at an index; empty if it is broken.
     *
     * @throws DataSetException when more samples are broken than the limit allows
     */
    Optional<D> get(int index) {
        D read = kept.get(index);
        if (read == null && !broken.containsKey(index)) {
            read = read(index);
        }
        return Optional.ofNullable(read);
    }

    private D read(int index) {
        S sample = data.get(index);
        try {
            D read = format.read(sample);
            keep(index, read);
            return read;
        } catch (IOException e) {
            addBroken(index, new BrokenImage(format.name(sample), "reading failed: " + e));
        } catch (ImageException e) {
            addBroken(index, new BrokenImage(format.name(sample), e.getMessage()));
        }
        return null;
    }

    private void keep(int index, D read) {
        long bytes = format.bytes(read);
        if (bytesLeft.addAndGet(-bytes) < 0 || !kept.compareAndSet(index, null, read)) {
            bytesLeft.addAndGet(bytes);
        }
    }

    private void addBroken(int index, BrokenImage image) {
        broken.put(index, image);
        if (broken.size() > brokenLimit) {
            List<BrokenImage> all = broken();
            throw new DataSetException(data.name() + ": at most " + brokenLimit + " images may be broken, got "
                    + all.size() + ", such as " + all.get(0).problem()
                    + "; repair or remove them, or raise the limit");
        }
    }

    /** Names and problems of the broken samples found so far. */
    List<BrokenImage> broken() {
        List<BrokenImage> out = new ArrayList<>(broken.values());
        out.sort(Comparator.comparing(BrokenImage::name));
        return List.copyOf(out);
    }
}
