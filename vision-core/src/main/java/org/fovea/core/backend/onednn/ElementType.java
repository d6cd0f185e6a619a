package org.fovea.core.backend.onednn;

import org.bytedeco.dnnl.memory.data_type;

/** The element types oneDNN computes with here. */
enum ElementType {
    F32(data_type.f32, 4),
    BF16(data_type.bf16, 2),
    S32(data_type.s32, 4),
    S8(data_type.s8, 1),
    BYTES(data_type.u8, 1);

    final data_type code;
    final int bytes;

    ElementType(data_type code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }
}
