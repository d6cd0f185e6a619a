package org.fovea.segmentation;

import java.util.Arrays;
import java.util.BitSet;
import org.fovea.core.tensor.Tensor;

/**
 * Makes masks of the image's size from a model's logits.
 *
 * @param stabilityOffset distance, in logits, of the two thresholds that the stability compares from {@value #THRESHOLD}
 */
record MaskMaker(MaskFrame frame, double stabilityOffset) {
    /** The logit above which a pixel belongs to the mask. */
    static final float THRESHOLD = 0;

    /** The mask and its stability. */
    record Made(BinaryMask mask, double stability) {}

    /** @param logits logits of low-resolution masks, the wanted one from {@code offset} */
    Made make(float[] logits, int offset) {
        BitSet pixels = new BitSet(frame.height() * frame.width());
        float high = (float) (THRESHOLD + stabilityOffset);
        float low = (float) (THRESHOLD - stabilityOffset);
        long[] counts = new long[2];
        frame.enlarge(logits, offset, (y, row) -> {
            for (int x = 0; x < row.length; x++) {
                counts[0] += row[x] > high ? 1 : 0;
                counts[1] += row[x] > low ? 1 : 0;
                if (row[x] > THRESHOLD) {
                    pixels.set(y * frame.width() + x);
                }
            }
        });
        return new Made(BinaryMask.of(frame.height(), frame.width(), pixels), (double) counts[0] / counts[1]);
    }

    /** One of a prompt's masks. */
    PredictedMask predicted(Decoded of, int index) {
        int side = frame.maskPixels();
        int offset = index * side * side;
        Made made = make(of.logits(), offset);
        float[] small = Arrays.copyOfRange(of.logits(), offset, offset + side * side);
        return new PredictedMask(made.mask(), of.scores()[index], made.stability(), Tensor.of(small, side, side));
    }
}
