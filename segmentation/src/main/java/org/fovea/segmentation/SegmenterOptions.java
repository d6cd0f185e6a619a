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
 * @param backend backend that computes the model
 * @param precision of the computation
 * @param batch images computed together when there are many, at least 1
 * @param tiles tiles in which images are processed at their original scale; empty for the model's default
 * @param augmentation test-time augmentation: variants of each image whose outputs are averaged
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

    /** Defaults: the fastest backend of this host, single precision, batches of 4, the model's own tiling, no augmentation. */
    public static SegmenterOptions defaults() {
        return new SegmenterOptions(
                Backends.automatic(), Precision.F32, DEFAULT_BATCH, Optional.empty(), Augmentation.none());
    }

    /** Copy with another backend. */
    public SegmenterOptions withBackend(Backend other) {
        return new SegmenterOptions(other, precision, batch, tiles, augmentation);
    }

    /** Copy with another precision. */
    public SegmenterOptions withPrecision(Precision other) {
        return new SegmenterOptions(backend, other, batch, tiles, augmentation);
    }

    /** Copy with another batch size. */
    public SegmenterOptions withBatch(int images) {
        return new SegmenterOptions(backend, precision, images, tiles, augmentation);
    }

    /** Copy with other tiles. */
    public SegmenterOptions withTiles(TileOptions others) {
        return new SegmenterOptions(backend, precision, batch, Optional.of(others), augmentation);
    }

    /** Copy with another test-time augmentation. */
    public SegmenterOptions withAugmentation(Augmentation other) {
        return new SegmenterOptions(backend, precision, batch, tiles, other);
    }
}
