package org.fovea.segmentation;

import org.fovea.core.image.LabelMask;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** A mask as the reference writes it. */
final class MaskTensor {
    private MaskTensor() {}

    /** Labels as a tensor, int32 {@code [H, W]}. */
    static Tensor of(LabelMask mask) {
        Tensor out = Tensor.zeros(DType.I32, Shape.of(mask.height(), mask.width()));
        for (int y = 0, i = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++, i += Integer.BYTES) {
                out.buffer().putInt(i, mask.label(y, x));
            }
        }
        return out;
    }
}
