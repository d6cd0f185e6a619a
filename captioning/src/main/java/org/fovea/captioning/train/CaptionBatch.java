package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.data.scenes.Scene;
import org.fovea.core.tensor.Tensor;

/**
 * Pictures and the captions of each.
 *
 * @param pixels {@code [B, 3, H, W]}, from -1 to 1
 * @param captions captions {@code [B · captions of each]}, those of the same picture adjacent; words separated by spaces
 * @param scenes contents of drawn pictures, {@code [B]}; empty for photographs
 */
public record CaptionBatch(Tensor pixels, List<String> captions, List<Scene> scenes) {
    /** Copies the lists. */
    public CaptionBatch {
        captions = List.copyOf(captions);
        scenes = List.copyOf(scenes);
    }

    /** Creates a batch of photographs with captions. */
    public CaptionBatch(Tensor pixels, List<String> captions) {
        this(pixels, captions, List.of());
    }
}
