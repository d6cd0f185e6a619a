package org.fovea.core.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.nn.Scope;
import org.fovea.core.testing.BlockContract;
import org.junit.jupiter.api.Test;

/** Every mechanism is checked: a public record {@code X} with a {@code build} has an {@code XTest} that is a contract. */
class MechanismsTest {
    private static final String PACKAGE = MechanismsTest.class.getPackageName();

    @Test
    void everyMechanismHasItsContract() throws Exception {
        List<String> mechanisms = mechanisms();
        assertFalse(mechanisms.isEmpty());
        assertEquals(
                List.of(),
                mechanisms.stream().filter(name -> !hasContract(name)).toList());
    }

    private static List<String> mechanisms() throws Exception {
        Path classes = Path.of(
                Scope.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.list(classes.resolve(PACKAGE.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
                    .map(name -> name.replace(".class", ""))
                    .filter(MechanismsTest::isMechanism)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isMechanism(String name) {
        try {
            Class<?> type = Class.forName(PACKAGE + "." + name);
            return type.isRecord()
                    && Modifier.isPublic(type.getModifiers())
                    && Stream.of(type.getMethods()).anyMatch(m -> m.getName().equals("build"));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean hasContract(String name) {
        try {
            return BlockContract.class.isAssignableFrom(Class.forName(PACKAGE + "." + name + "Test"));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
