package org.fovea.server.task.ask;

import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.image.RgbImage;
import org.fovea.server.task.WeightedCache;
import org.fovea.vqa.EmbeddedImage;
import org.fovea.vqa.VisualAnswerer;

/** Images as an answerer has looked at them; those that were asked about last are kept. Thread-safe. */
final class Looks {
    private static final int BYTES_OF_FLOAT = 4;

    private final VisualAnswerer answerer;
    private final WeightedCache<EmbeddedImage> kept =
            new WeightedCache<>(WeightedCache.usualBytes(), look -> {}); // which holds no native memory

    Looks(VisualAnswerer answerer) {
        this.answerer = answerer;
    }

    /** The image of a key where it was looked at before. */
    Optional<EmbeddedImage> before(String key) {
        return kept.get(key);
    }

    /**
     * Looks at an image, unless that was done before.
     *
     * @param image of the key
     */
    EmbeddedImage at(String key, Supplier<RgbImage> image) {
        return before(key).orElseGet(() -> {
            EmbeddedImage look = answerer.embed(image.get());
            kept.put(key, look, bytes(look));
            return look;
        });
    }

    private static long bytes(EmbeddedImage look) {
        long pixels = 3L * look.image().height() * look.image().width();
        return pixels
                + look.tokens().stream()
                        .mapToLong(tokens -> BYTES_OF_FLOAT * tokens.shape().size())
                        .sum();
    }
}
