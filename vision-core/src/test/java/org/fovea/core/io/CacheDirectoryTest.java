package org.fovea.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
    @TempDir
    Path folder;

    private static String user(Map<String, String> properties, Map<String, String> environment) {
        return CacheDirectory.user(properties::get, environment::get).toString().replace('\\', '/');
    }

    @Test
    void propertyComesFirstThenTheVariableThenTheSystem() {
        Map<String, String> linux = Map.of("os.name", "Linux", "user.home", "/home/ann");
        Map<String, String> mac = Map.of("os.name", "Mac OS X", "user.home", "/Users/ann");
        Map<String, String> windows = Map.of("os.name", "Windows 11", "user.home", "/Users/ann");
        Map<String, String> variable = Map.of("XDG_CACHE_HOME", "/scratch", "LOCALAPPDATA", "/local");
        assertEquals("/my/own", user(Map.of("fovea.cache", "/my/own"), variable));
        assertEquals("/scratch/fovea", user(linux, variable));
        assertEquals("/scratch/fovea", user(mac, variable));
        assertEquals("/home/ann/.cache/fovea", user(linux, Map.of("XDG_CACHE_HOME", " ", "LOCALAPPDATA", "/local")));
        assertEquals("/Users/ann/Library/Caches/fovea", user(mac, Map.of()));
        assertEquals("/local/fovea", user(windows, Map.of("LOCALAPPDATA", "/local")));
        assertEquals("/Users/ann/AppData/Local/fovea", user(windows, Map.of()));
    }

    private URL inJar(String text) throws IOException {
        Path jar = folder.resolve("a.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("a.txt"));
            zip.write(text.getBytes());
        }
        return new URL("jar:" + jar.toUri() + "!/a.txt");
    }

    @Test
    void unpackKeepsACopyWithTheSameBytesAndReplacesAnyOther() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.txt"), "content");
        for (URL resource : new URL[] {inJar("content"), plain.toUri().toURL()}) {
            Path copy = folder.resolve("cache").resolve("a.txt");
            CacheDirectory.unpack(resource, copy);
            assertEquals("content", Files.readString(copy));
            FileTime longAgo = FileTime.fromMillis(1_000_000);
            Files.setLastModifiedTime(copy, longAgo);
            CacheDirectory.unpack(resource, copy);
            assertEquals(longAgo, Files.getLastModifiedTime(copy), "an intact copy was written again");
            for (String damaged : new String[] {"CONTENT", "cont", ""}) {
                Files.writeString(copy, damaged);
                CacheDirectory.unpack(resource, copy);
                assertEquals("content", Files.readString(copy));
            }
            try (Stream<Path> files = Files.list(copy.getParent())) {
                assertEquals(1, files.count());
            }
        }
    }
}
