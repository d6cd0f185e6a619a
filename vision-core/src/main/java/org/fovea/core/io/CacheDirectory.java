package org.fovea.core.io;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;

/**
 * The user's directory for what can be made again, such as libraries and models unpacked from jars; thread-safe.
 *
 * <p>It is what the system property {@value #PROPERTY} names; without it {@code fovea} in the directory that the environment
 * variable {@code XDG_CACHE_HOME} names, by default {@code ~/.cache} on Linux, {@code ~/Library/Caches} on macOS and
 * {@code %LOCALAPPDATA%} on Windows.
 */
public final class CacheDirectory {
    /** System property that names the directory. */
    public static final String PROPERTY = "fovea.cache";

    private static final int BUFFER_BYTES = 1 << 16;

    private CacheDirectory() {}

    /** Directory of the user, which need not exist yet. */
    public static Path user() {
        return user(System::getProperty, System::getenv);
    }

    static Path user(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        String chosen = properties.apply(PROPERTY);
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen);
        }
        String shared = environment.apply("XDG_CACHE_HOME");
        Path base = shared != null && !shared.isBlank() ? Path.of(shared) : systemDefault(properties, environment);
        return base.resolve("fovea");
    }

    private static Path systemDefault(UnaryOperator<String> properties, UnaryOperator<String> environment) {
        Path home = Path.of(properties.apply("user.home"));
        String system = properties.apply("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        if (system.startsWith("windows")) {
            String local = environment.apply("LOCALAPPDATA");
            return local != null && !local.isBlank()
                    ? Path.of(local)
                    : home.resolve("AppData").resolve("Local");
        }
        return home.resolve(".cache");
    }

    /**
     * Copies a resource to a file, unless it exists with the same bytes. Several processes may do this concurrently.
     *
     * @param target file, whose folder is created if it is missing
     * @throws IOException when the resource cannot be read or the file cannot be written
     */
    public static void unpack(URL resource, Path target) throws IOException {
        if (Files.isRegularFile(target) && checksum(target) == checksum(resource)) {
            return;
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (InputStream in = resource.openStream()) {
            AtomicFile.write(target, channel -> in.transferTo(Channels.newOutputStream(channel)));
        }
    }

    /** CRC-32 of a resource; inside a jar, the one recorded in the jar. */
    public static long checksum(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null) {
            long stated = jar.getJarEntry().getCrc();
            if (stated >= 0) {
                return stated;
            }
        }
        try (InputStream in = connection.getInputStream()) {
            return checksum(in);
        }
    }

    /**
     * CRC-32 of a file, which is read rather than mapped, since a mapped library of 65 MB would count as memory of the process.
     */
    private static long checksum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return checksum(in);
        }
    }

    private static long checksum(InputStream in) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sum.update(buffer, 0, read);
        }
        return sum.getValue();
    }
}
