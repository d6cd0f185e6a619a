package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * Pictures and the captions of each.
 *
 * @param pixels {@code [B, 3, H, W]}, from -1 to 1
 * @param captions {@code [B · captions of each]}, those of a picture side by side, words separated by spaces
 */
public record CaptionBatch(Tensor pixels, List<String> captions) {
    /** Copies the list. */
    public CaptionBatch {
        captions = List.copyOf(captions);
    }
}
