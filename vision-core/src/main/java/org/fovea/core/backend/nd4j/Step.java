package org.fovea.core.backend.nd4j;

import java.util.List;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.ValueType;

/**
 * One operation of a plan: which slots it reads and writes, and which are free afterwards.
 *
 * @param label name of the node in errors
 */
record Step(
        Op op,
        String label,
        List<Integer> operands,
        List<Integer> results,
        List<Integer> finished,
        List<ValueType> operandTypes,
        List<ValueType> resultTypes) {}
