package org.fovea.core.data;

import java.util.List;
import org.fovea.core.tensor.Shape;

/** Batches of images of one size, each in a class. */
public interface ClassificationSource extends BatchSource<ClassificationBatch> {
    /** The number of classes, K. */
    default int classes() {
        return classNames().size();
    }

    /** The names of the classes in the order of their indices. */
    List<String> classNames();

    /** Shape of one image, {@code [C, H, W]}. */
    Shape imageShape();
}
