package org.fovea.core.backend.onednn;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.junit.jupiter.api.Test;

class LinearProductTest {
    private final Runtime runtime = Runtime.get();

    private static memory.desc desc(ElementType type, int... sizes) {
        return View.dense(null, type, sizes).desc();
    }

    private boolean isUnimplemented(memory.desc x, memory.desc w, memory.desc bias, memory.desc y) {
        return LinearProduct.isUnimplemented(runtime, x, w, bias, y, Lowering.attributes());
    }

    @Test
    void onlyWhatOneDnnDoesNotHaveIsUnimplemented() {
        memory.desc x = desc(ElementType.F32, 2, 3);
        memory.desc w = desc(ElementType.F32, 3, 4);
        memory.desc y = desc(ElementType.F32, 2, 4);
        assertFalse(isUnimplemented(x, w, null, y));
        assertFalse(isUnimplemented(x, w, desc(ElementType.F32, 1, 4), y));
        assertTrue(isUnimplemented(x, desc(ElementType.S8, 3, 4), null, desc(ElementType.S32, 2, 4)));
    }

    /** Any other reason is an error of its own and goes to the caller. */
    @Test
    void badArgumentsAreNotUnimplemented() {
        memory.desc x = desc(ElementType.F32, 2, 3);
        memory.desc w = desc(ElementType.F32, 5, 4);
        memory.desc y = desc(ElementType.F32, 2, 4);
        assertThrows(
                RuntimeException.class,
                () -> new matmul.primitive_desc(runtime.engine, x, w, y, Lowering.attributes(), false));
        assertFalse(isUnimplemented(x, w, null, y));
    }
}
