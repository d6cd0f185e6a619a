package org.fovea.core.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Mechanisms;
import org.junit.jupiter.api.Test;

/** Every mechanism is checked: a public record {@code X} with a {@code build} has an {@code XTest} that is a contract. */
class MechanismsTest {
    private static final String PACKAGE = MechanismsTest.class.getPackageName();

    @Test
    void everyMechanismHasItsContract() throws Exception {
        List<String> mechanisms =
                Mechanisms.all().stream().map(Class::getSimpleName).toList();
        assertFalse(mechanisms.isEmpty());
        assertEquals(
                List.of(),
                mechanisms.stream().filter(name -> !hasContract(name)).toList());
    }

    private static boolean hasContract(String name) {
        try {
            return BlockContract.class.isAssignableFrom(Class.forName(PACKAGE + "." + name + "Test"));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
