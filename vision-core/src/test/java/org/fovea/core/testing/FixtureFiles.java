package org.fovea.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsFile;

/**
 * Files that tests of all modules share: {@code fixtures} of this module's test resources, each a checkpoint in the
 * layout of its library with what that library computes of it. Not to be written to.
 */
public final class FixtureFiles {
    private static final Map<String, Path> UNPACKED = new ConcurrentHashMap<>();

    private FixtureFiles() {}

    /** The directory of a fixture, {@code vit-hf}, or a file in it, {@code vit-hf/model.safetensors}. */
    public static Path of(String name) {
        return resource("/fixtures/" + name);
    }

    /** The tensors that the reference library computes. */
    public static Map<String, Tensor> expected(String fixture) {
        Map<String, Tensor> out = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(of(fixture).resolve("expected.safetensors"))) {
            file.names().forEach(tensor -> out.put(tensor, file.tensor(tensor)));
        }
        return out;
    }

    /** A file or directory among the test resources, as a path that can be mapped: out of a jar it is unpacked. */
    public static Path resource(String name) {
        URL url = FixtureFiles.class.getResource(name);
        if (url == null) {
            throw new IllegalArgumentException("no test resource " + name);
        }
        try {
            return url.getProtocol().equals("file")
                    ? Path.of(url.toURI())
                    : UNPACKED.computeIfAbsent(name, n -> unpack(url));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path unpack(URL url) {
        try {
            JarURLConnection connection = (JarURLConnection) url.openConnection();
            String root = connection.getEntryName();
            Path folder = Files.createTempDirectory("fixture");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            try (JarFile jar = new JarFile(connection.getJarFile().getName())) {
                List<JarEntry> entries = jar.stream()
                        .filter(e -> !e.isDirectory() && (e.getName() + "/").startsWith(root + "/"))
                        .toList();
                for (JarEntry entry : entries) {
                    Path file = folder.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(jar.getInputStream(entry), file);
                }
            }
            return folder.resolve(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
