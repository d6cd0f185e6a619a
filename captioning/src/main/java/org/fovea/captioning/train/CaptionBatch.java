package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.data.scenes.Scene;
import org.fovea.core.tensor.Tensor;

/**
 * Pictures and the captions of each.
 *
 * @param pixels {@code [B, 3, H, W]}, from -1 to 1
 * @param captions {@code [B · captions of each]}, those of a picture side by side, words separated by spaces
 * @param scenes {@code [B]}, what drawn pictures show; empty for photographs
 */
public record CaptionBatch(Tensor pixels, List<String> captions, List<Scene> scenes) {
    /** Copies the lists. */
    public CaptionBatch {
        captions = List.copyOf(captions);
        scenes = List.copyOf(scenes);
    }

    /** Photographs and their captions. */
    public CaptionBatch(Tensor pixels, List<String> captions) {
        this(pixels, captions, List.of());
    }
}
