package org.fovea.core.backend.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * Closes what a compilation makes only to describe primitives. What it makes besides keeps its own lifetime, also where the
 * caller has a scope open.
 */
final class Descriptions extends PointerScope {
    @Override
    public PointerScope attach(Pointer pointer) {
        boolean describes = pointer instanceof memory.desc
                || pointer instanceof primitive_desc_base
                || pointer instanceof primitive_attr
                || pointer instanceof post_ops;
        return describes ? super.attach(pointer) : this;
    }
}
