package org.fovea.segmentation;

import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.engine.Backends;
import org.fovea.segmentation.model.Augmentation;
import org.fovea.segmentation.tile.TileOptions;

/**
 * Options of an {@link ImageSegmenter}.
 *
 * @param backend that computes
 * @param precision of the computation
 * @param batch images computed at once when there are many, at least 1
 * @param tiles in which images are seen at their own scale; empty for the model's own way
 * @param augmentation versions of each image whose numbers are averaged
 */
public record SegmenterOptions(
        Backend backend, Precision precision, int batch, Optional<TileOptions> tiles, Augmentation augmentation) {
    private static final int DEFAULT_BATCH = 4;

    /** Checks the choices. */
    public SegmenterOptions {
        backend.reasonAgainst(precision).ifPresent(reason -> {
            throw new IllegalArgumentException("SegmenterOptions: " + reason);
        });
        Check.positive("SegmenterOptions: batch", batch);
    }

    /** The fastest backend of this host, single precision, batches of 4, the model's own way of seeing, no augmentation. */
    public static SegmenterOptions defaults() {
        return new SegmenterOptions(
                Backends.automatic(), Precision.F32, DEFAULT_BATCH, Optional.empty(), Augmentation.none());
    }

    /** These options on another backend. */
    public SegmenterOptions withBackend(Backend other) {
        return new SegmenterOptions(other, precision, batch, tiles, augmentation);
    }

    /** These options in another precision. */
    public SegmenterOptions withPrecision(Precision other) {
        return new SegmenterOptions(backend, other, batch, tiles, augmentation);
    }

    /** These options with another batch. */
    public SegmenterOptions withBatch(int images) {
        return new SegmenterOptions(backend, precision, images, tiles, augmentation);
    }

    /** These options with tiles. */
    public SegmenterOptions withTiles(TileOptions others) {
        return new SegmenterOptions(backend, precision, batch, Optional.of(others), augmentation);
    }

    /** These options with versions of each image. */
    public SegmenterOptions withAugmentation(Augmentation other) {
        return new SegmenterOptions(backend, precision, batch, tiles, other);
    }
}
