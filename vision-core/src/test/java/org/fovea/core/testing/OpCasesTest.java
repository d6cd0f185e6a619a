package org.fovea.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.core.graph.Op;
import org.junit.jupiter.api.Test;

/** The catalog itself. */
class OpCasesTest {
    @Test
    void allCoversEveryOperation() {
        Set<Class<?>> missing = new HashSet<>(List.of(Op.class.getPermittedSubclasses()));
        for (OpCase opCase : OpCases.all()) {
            boolean inside = opCase.build().graph().nodes().stream()
                    .anyMatch(node -> node.op().getClass() == opCase.op());
            if (inside) {
                missing.remove(opCase.op());
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void allHasUniqueNames() {
        List<String> names = OpCases.all().stream().map(OpCase::name).toList();
        assertEquals(names.size(), Set.copyOf(names).size());
    }
}
