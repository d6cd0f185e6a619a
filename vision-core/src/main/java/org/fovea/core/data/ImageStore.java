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
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/**
 * A data set's decoded images: each is decoded when first asked for and kept while the bound allows; thread-safe.
 *
 * <p>Where the bound is too small for all, those that came first stay and the others are decoded every time: nothing is
 * thrown out, as each image is needed once an epoch and the oldest would always be the next.
 */
final class ImageStore {
    private final ImageDataset data;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final AtomicReferenceArray<RgbImage> kept;
    private final AtomicLong bytesLeft;
    private final int brokenLimit;
    private final Map<Integer, BrokenImage> broken = new ConcurrentHashMap<>();

    ImageStore(ImageDataset data, long cacheBytes, int brokenLimit) {
        this.data = data;
        this.kept = new AtomicReferenceArray<>(data.size());
        this.bytesLeft = new AtomicLong(cacheBytes);
        this.brokenLimit = brokenLimit;
    }

    /**
     * An image, or nothing when it is broken.
     *
     * @throws DataSetException when more images are broken than the limit allows
     */
    Optional<RgbImage> image(int index) {
        RgbImage image = kept.get(index);
        if (image == null && !broken.containsKey(index)) {
            image = decode(index);
        }
        return Optional.ofNullable(image);
    }

    private RgbImage decode(int index) {
        Sample sample = data.samples().get(index);
        try {
            RgbImage image = decoder.decode(sample.source().read(), sample.name());
            keep(index, image);
            return image;
        } catch (IOException e) {
            addBroken(index, new BrokenImage(sample.name(), "reading failed: " + e));
        } catch (ImageException e) {
            addBroken(index, new BrokenImage(sample.name(), e.getMessage()));
        }
        return null;
    }

    private void keep(int index, RgbImage image) {
        long bytes = 3L * image.height() * image.width();
        if (bytesLeft.addAndGet(-bytes) < 0 || !kept.compareAndSet(index, null, image)) {
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

    /** The images found broken so far, by name. */
    List<BrokenImage> broken() {
        List<BrokenImage> out = new ArrayList<>(broken.values());
        out.sort(Comparator.comparing(BrokenImage::name));
        return List.copyOf(out);
    }
}
