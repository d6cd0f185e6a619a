package org.fovea.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.image.OpenCvLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** Processes in which libgomp itself says what it has read from the environment. */
@EnabledOnOs(OS.LINUX)
class OpenMpWaitingTest {
    private static final String JNA = "com.sun.jna.Native is loaded";

    /** Loads libraries in an order. */
    static final class Child {
        public static void main(String[] libraries) {
            for (String each : libraries) {
                switch (each) {
                    case "opencv" -> OpenCvLibrary.load();
                    case "onednn" -> OneDnnBackend.create();
                    case "nd4j" -> {
                        new Nd4jBackend();
                        Nd4j.zeros(1);
                    }
                    default -> Loader.load(dnnl.class); // by somebody else
                }
            }
            System.out.println("state: " + OpenMpWaiting.state());
        }
    }

    @ParameterizedTest
    @CsvSource({"onednn", "opencv onednn", "nd4j"})
    void libraryReadsTheShortWaitsThatJavaHasSet(String libraries) throws IOException, InterruptedException {
        List<String> said = run(Map.of(), libraries.split(" "));
        assertEquals(List.of("1000"), spinCounts(said), said.toString());
        assertTrue(said.contains("state: GOMP_SPINCOUNT=1000, set from Java"), said.toString());
        assertTrue(said.contains(JNA), said.toString());
    }

    @Test
    void environmentIsLeftAsTheUserHasSetIt() throws IOException, InterruptedException {
        List<String> said = run(Map.of("GOMP_SPINCOUNT", "77"), "onednn");
        assertEquals(List.of("77"), spinCounts(said), said.toString());
        assertTrue(said.contains("state: GOMP_SPINCOUNT=77, from the environment"), said.toString());
        assertFalse(said.contains(JNA), "JNA costs time: " + said);
    }

    @Test
    void waitPolicyIsLeftAsTheUserHasSetIt() throws IOException, InterruptedException {
        List<String> said = run(Map.of("OMP_WAIT_POLICY", "ACTIVE"), "onednn");
        assertFalse(spinCounts(said).contains("1000"), said.toString());
        assertTrue(said.contains("state: OMP_WAIT_POLICY=ACTIVE, from the environment"), said.toString());
    }

    @Test
    void libraryThatOthersHaveLoadedKeepsItsWaits() throws IOException, InterruptedException {
        List<String> said = run(Map.of(), "binding", "onednn");
        assertFalse(spinCounts(said).contains("1000"), said.toString());
        assertTrue(
                said.stream().anyMatch(line -> line.startsWith("state: not set: another library has loaded OpenMP")),
                said.toString());
    }

    private static List<String> spinCounts(List<String> said) {
        return said.stream()
                .filter(line -> line.contains("GOMP_SPINCOUNT = "))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .toList();
    }

    private static List<String> run(Map<String, String> environment, String... libraries)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(
                                java,
                                "-Xmx256m",
                                "-Xlog:class+load",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName()),
                        Arrays.stream(libraries))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("GOMP_SPINCOUNT", "OMP_WAIT_POLICY"));
        builder.environment().put("OMP_DISPLAY_ENV", "VERBOSE");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), all);
        return all.lines()
                .map(line -> line.contains(" com.sun.jna.Native ") ? JNA : line)
                .filter(line -> !line.startsWith("[")) // the other classes
                .toList();
    }
}
