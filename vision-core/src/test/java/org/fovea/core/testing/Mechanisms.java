package org.fovea.core.testing;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.attention.AttentionRollout;

/** Catalog of the attention mechanisms, for tests that something is there for each. */
public final class Mechanisms {
    private static final String PACKAGE = AttentionRollout.class.getPackageName();

    private Mechanisms() {}

    /** The public records of the package that build something, wherever its classes lie. */
    public static List<Class<?>> all() throws IOException, URISyntaxException {
        URI own = AttentionRollout.class.getResource("AttentionRollout.class").toURI();
        if (!own.isOpaque()) {
            return inFolder(Path.of(own).getParent());
        }
        URI jar = URI.create(own.toString().split("!")[0]);
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
            return inFolder(files.getPath(PACKAGE.replace('.', '/')));
        }
    }

    private static List<Class<?>> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
                    .sorted()
                    .<Class<?>>map(name -> type(name.replace(".class", "")))
                    .filter(Mechanisms::isMechanism)
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isMechanism(Class<?> type) {
        return type.isRecord()
                && Modifier.isPublic(type.getModifiers())
                && Stream.of(type.getMethods()).anyMatch(m -> m.getName().equals("build"));
    }
}
