package org.fovea.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.cli.terminal.Version;
import org.fovea.core.OpenMpWaiting;

/** The machine, the JDK and the settings that count. */
final class Host {
    private static final int MEBIBYTE_SHIFT = 20;
    private static final int OLDEST_JAVA = 17;
    private static final List<String> VARIABLES =
            List.of("OMP_NUM_THREADS", "FOVEA_JAVA_OPTS", "OPENBLAS_CORETYPE", "DNNL_MAX_CPU_ISA", "LD_LIBRARY_PATH");

    private Host() {}

    /** Facts by name, in the order in which they are shown. */
    static Map<String, String> facts() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("Fovea", Version.number());
        out.put("JDK", property("java.version") + ", " + property("java.vm.name") + ", " + property("java.home"));
        out.put("system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
        out.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores for Java");
        out.put("OpenMP waits", OpenMpWaiting.state());
        out.put("Java heap", "at most " + (Runtime.getRuntime().maxMemory() >> MEBIBYTE_SHIFT) + " MiB");
        for (String name : VARIABLES) {
            if (System.getenv(name) != null) {
                out.put(name, System.getenv(name));
            }
        }
        return out;
    }

    /** Advice on settings of the machine that should be changed. */
    static List<String> advice() {
        List<String> out = new ArrayList<>();
        if (Runtime.version().feature() < OLDEST_JAVA) {
            out.add("Java is " + Runtime.version() + ": set JAVA_HOME to a JDK 17 or later");
        }
        if (System.getenv("OPENBLAS_CORETYPE") != null) {
            out.add(
                    "OPENBLAS_CORETYPE overrides the processor that OpenBLAS finds itself: unset it, ND4J may get faster");
        }
        return out;
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }

    private static String processor() {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return property("os.arch");
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(property("os.arch"));
        } catch (IOException e) {
            return property("os.arch");
        }
    }
}
