package org.fovea.core.backend.nd4j;

import java.util.List;
import org.fovea.core.graph.Op;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes one kind of operation. */
@FunctionalInterface
interface Kernel<T extends Op> {
    /** Computes the results in order: new arrays with the elements of the result shapes in row-major order. */
    List<INDArray> run(T op, Call call);
}
