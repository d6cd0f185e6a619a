package org.fovea.server.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Memory and files that a process has, as Linux tells.
 *
 * @param residentMegabytes memory of it that is in the machine's
 * @param files open ones, with sockets
 * @param processorSeconds work on all cores since its start
 */
public record ProcessUsage(long residentMegabytes, long files, double processorSeconds) {
    private static final int KILO = 1024;
    private static final double TICKS = 100; // of a second
    private static final int USER = 11; // fields after the name
    private static final int SYSTEM = 12;

    /** The usage of a process now. */
    public static ProcessUsage of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<String> lines = Files.lines(process.resolve("status"));
                Stream<Path> files = Files.list(process.resolve("fd"))) {
            String resident = lines.filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException("ProcessUsage: " + pid + " must run, got a process that has ended"));
            return new ProcessUsage(
                    Long.parseLong(resident.replaceAll("[^0-9]", "")) / KILO, files.count(), seconds(process));
        }
    }

    private static double seconds(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS;
    }

    /** The usage after the JVM has collected its garbage, where {@code jcmd} is there to ask for that. */
    public static ProcessUsage collected(long pid) throws IOException, InterruptedException {
        try {
            new ProcessBuilder("jcmd", Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // a JRE has no jcmd
        }
        return of(pid);
    }

    /** Text for reports. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d MB resident, %d files open", residentMegabytes, files);
    }
}
