package org.fovea.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fovea.core.backend.Precision;
import org.junit.jupiter.api.Test;

class BackendsTest {
    @Test
    void everyNameGivesTheBackendOfThatName() {
        for (String name : Backends.names()) {
            assertEquals(name, Backends.named(name).name());
        }
        assertTrue(Backends.names().contains("nd4j"));
    }

    @Test
    void automaticChoiceRunsHere() {
        assertTrue(Backends.automatic().supports(Precision.F32));
    }

    @Test
    void unknownNameListsAll() {
        String message = assertThrows(IllegalArgumentException.class, () -> Backends.named("tpu"))
                .getMessage();
        assertTrue(message.contains("must be one of " + Backends.names() + ", got \"tpu\""), message);
    }
}
