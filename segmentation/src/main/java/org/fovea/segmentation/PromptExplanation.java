package org.fovea.segmentation;

import java.util.Locale;
import org.fovea.core.Check;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/**
 * The masks of a prompt and, for each of them, where its token looked when it read the image for the last time. Maps are {@code [rows,
 * columns]} of the encoder's grid, which reaches over the image where that was padded.
 */
public final class PromptExplanation {
    private final PromptMasks masks;
    private final Tensor attention;
    private final int side;
    private final RgbImage image;
    private final InputGeometry geometry;

    /** @param attention attention weights {@code [1, heads, masks, N]} */
    PromptExplanation(PromptMasks masks, Tensor attention, int side, RgbImage image, InputGeometry geometry) {
        this.masks = masks;
        this.attention = attention;
        this.side = side;
        this.image = image;
        this.geometry = geometry;
    }

    /** Masks, in the order of the maps. */
    public PromptMasks masks() {
        return masks;
    }

    /** The number of heads of attention. */
    public int heads() {
        return attention.shape().dim(1);
    }

    /** Attention map of a mask, counted from 0: the mean over all heads. */
    public Tensor map(int mask) {
        return mean(mask, 0, heads());
    }

    /** Attention map of a mask in one head. */
    public Tensor map(int mask, int head) {
        Check.within(0, heads() - 1, "PromptExplanation: head", head);
        return mean(mask, head, head + 1);
    }

    private Tensor mean(int mask, int firstHead, int endHead) {
        Check.within(0, masks.all().size() - 1, "PromptExplanation: mask", mask);
        float[] weights = attention.toFloats();
        float[] out = new float[side * side];
        for (int head = firstHead; head < endHead; head++) {
            int from = (head * masks.all().size() + mask) * out.length;
            for (int i = 0; i < out.length; i++) {
                out[i] += weights[from + i] / (endHead - firstHead);
            }
        }
        return Tensor.of(out, side, side);
    }

    /** Draws a map over the part of the image that the model saw. */
    public RgbImage draw(Tensor map) {
        return HeatMap.of(map).drawOn(image, geometry);
    }

    /** Draws a figure with the map of each mask and the predicted intersection over union above it. */
    public RgbImage draw() {
        Panels panels = Panels.inColumns(masks.all().size());
        for (int i = 0; i < masks.all().size(); i++) {
            String title = String.format(
                    Locale.ROOT, "mask %d, IoU %.2f", i + 1, masks.all().get(i).predictedIou());
            panels = panels.with(title, draw(map(i)));
        }
        return panels.draw();
    }
}
