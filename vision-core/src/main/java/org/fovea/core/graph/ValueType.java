package org.fovea.core.graph;

import org.fovea.core.tensor.Shape;

/** Shape and element kind of a value. */
public record ValueType(Shape shape, ElementKind kind) {
    /** Real numbers of the given shape. */
    public static ValueType real(Shape shape) {
        return new ValueType(shape, ElementKind.REAL);
    }

    /** Indices of the given shape. */
    public static ValueType index(Shape shape) {
        return new ValueType(shape, ElementKind.INDEX);
    }

    @Override
    public String toString() {
        return kind == ElementKind.REAL ? shape.toString() : "index" + shape;
    }
}
