package org.fovea.core;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The limit of native memory. JavaCPP, through which weights and activations are allocated, allows as much as Java's heap may
 * take, so that a program with a small heap could not load a model of a few hundred megabytes. {@link #prepare} raises that to
 * half of the machine's (or the container's) memory, unless the program or its command line sets {@value #LIMIT}. Both backends
 * call it before they load; a program that uses ND4J or another binding of JavaCPP before them calls it first, or sets the
 * property, because JavaCPP reads it once. The limit is not lifted altogether: when it is near, JavaCPP lets the garbage
 * collector free arrays of ND4J. Thread-safe.
 */
public final class NativeMemory {
    private static final String LIMIT = "org.bytedeco.javacpp.maxbytes";
    private static final String LIMIT_IN_CAPITALS = "org.bytedeco.javacpp.maxBytes";

    private static final int BYTES_PER_KIBIBYTE = 1024;
    /**
     * Files with the limits of a container, for both versions of the kernel's cgroup interface; without a limit they hold a
     * word or a huge number.
     */
    private static final String[] CONTAINER_LIMITS = {
        "sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"
    };

    private NativeMemory() {}

    /** Raises the limit unless it is set or the heap may already be larger; has no effect once JavaCPP has read it. */
    public static synchronized void prepare() {
        if (System.getProperty(LIMIT) != null || System.getProperty(LIMIT_IN_CAPITALS) != null) {
            return;
        }
        long half = machineBytes() / 2;
        if (half > Runtime.getRuntime().maxMemory()) {
            System.setProperty(LIMIT, Long.toString(half));
        }
    }

    /** Memory of the machine or the container in bytes; 0 if it is unknown. */
    private static long machineBytes() {
        if (System.getProperty("os.name")
                .equals("Linux")) { // reading files takes no time, while loading the management bean takes long
            return linuxBytes(Path.of("/"));
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    /** Memory of a Linux machine or container in bytes, with system files under a folder. */
    static long linuxBytes(Path root) {
        OptionalLong total = firstLine(root.resolve("proc/meminfo"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .map(NativeMemory::number)
                .orElse(OptionalLong.empty());
        if (total.isEmpty()) {
            return 0;
        }
        return Stream.of(CONTAINER_LIMITS)
                .map(file -> firstLine(root.resolve(file)).map(NativeMemory::number))
                .flatMap(Optional::stream)
                .flatMapToLong(OptionalLong::stream)
                .reduce(total.getAsLong() * BYTES_PER_KIBIBYTE, Math::min);
    }

    private static Optional<String> firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // this kernel lacks this version of the interface
        }
    }

    private static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
