package org.fovea.core.backend.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.core.graph.Constant;
import org.fovea.core.graph.Detach;
import org.fovea.core.graph.Input;
import org.fovea.core.graph.Op;
import org.fovea.core.graph.Parameter;
import org.fovea.core.graph.Reshape;
import org.fovea.core.graph.State;
import org.junit.jupiter.api.Test;

class KernelTableTest {
    /** Operations that the plan settles without computing. */
    private static final Set<Class<?>> PLANNED =
            Set.of(Input.class, Parameter.class, State.class, Constant.class, Reshape.class, Detach.class);

    @Test
    void operationsAreAllOfTheFamilyThatCompute() {
        Set<Class<?>> expected = new HashSet<>(List.of(Op.class.getPermittedSubclasses()));
        expected.removeAll(PLANNED);
        assertEquals(expected, KernelTable.operations());
    }
}
