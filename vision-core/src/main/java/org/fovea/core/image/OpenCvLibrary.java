package org.fovea.core.image;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import org.fovea.core.LibraryException;
import org.fovea.core.io.CacheDirectory;
import org.opencv.core.Core;
import org.slf4j.LoggerFactory;

/**
 * Loads OpenCV's native library once, from a copy that outlives the process; thread-safe.
 *
 * <p>The library lies in its jar; {@code nu.pattern.OpenCV.loadLocally()} unpacks its 65 MB at every start (0.33 s).
 * Here it is unpacked on first use into the user's cache directory, {@code opencv-4.9.0-linux-x86_64} or the like inside
 * the {@link CacheDirectory}. A copy that is damaged is replaced.
 */
public final class OpenCvLibrary {
    private OpenCvLibrary() {}

    /**
     * Loads the library unless it is loaded; every use of OpenCV in Fovea calls this.
     *
     * @throws LibraryException when there is none for this platform, or it cannot be loaded
     */
    public static void load() {
        if (Holder.failure != null) {
            throw new LibraryException(Holder.failure.getMessage(), Holder.failure);
        }
    }

    /**
     * Starts loading the library on a separate thread, so that it does not delay a launcher; errors are reported at the first
     * use.
     */
    public static void preload() {
        Thread thread = new Thread(Holder::touch, "opencv-preload");
        thread.setDaemon(true);
        thread.start();
    }

    /** Loads the library when the class is first used: the class loader's lock makes the other threads wait. */
    private static final class Holder {
        static final Throwable failure = tryLoad();

        /** Makes the class loader initialize this class. */
        static void touch() {}

        private static Throwable tryLoad() {
            try {
                loadFrom(CacheDirectory.user());
                Core.setErrorVerbosity(false);
                return null;
            } catch (RuntimeException | LinkageError e) {
                return new LibraryException(
                        "OpenCV's native library does not load on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + ": " + e.getMessage(),
                        e);
            }
        }
    }

    private static void loadFrom(Path cache) {
        Path library;
        try {
            library = unpack(cache);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            LoggerFactory.getLogger(OpenCvLibrary.class)
                    .warn(
                            "{} cannot keep OpenCV's library ({}); unpacking it at every start, 0.3 s. Set -D{}=DIR to"
                                    + " a writable directory.",
                            cache,
                            e.toString(),
                            CacheDirectory.PROPERTY);
            nu.pattern.OpenCV.loadLocally();
            return;
        }
        System.load(library.toString());
    }

    /**
     * Copy of the library in a cache directory, unpacked unless an intact copy exists.
     *
     * @throws IOException when it can be neither found nor written
     */
    static Path unpack(Path cache) throws IOException {
        String resource = resource();
        URL url = Core.class.getResource(resource);
        if (url == null) {
            throw new IllegalStateException("its jar has no " + resource + "; use a platform that it has");
        }
        Path directory = cache.resolve("opencv-" + Core.VERSION + "-" + osFolder() + "-" + archFolder());
        Path library = directory
                .resolve(resource.substring(resource.lastIndexOf('/') + 1))
                .toAbsolutePath();
        CacheDirectory.unpack(url, library);
        return library;
    }

    /** Path at which openpnp's jar keeps the library of this platform. */
    private static String resource() {
        String name = Core.NATIVE_LIBRARY_NAME;
        String file =
                switch (osFolder()) {
                    case "windows" -> name + ".dll";
                    case "osx" -> "lib" + name + ".dylib";
                    default -> "lib" + name + ".so";
                };
        return "/nu/pattern/opencv/" + osFolder() + "/" + archFolder() + "/" + file;
    }

    private static String osFolder() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "osx" : "linux";
    }

    private static String archFolder() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "ARMv8";
            case "x86", "i386", "i686" -> "x86_32";
            case "arm" -> "ARMv7";
            default -> arch;
        };
    }
}
