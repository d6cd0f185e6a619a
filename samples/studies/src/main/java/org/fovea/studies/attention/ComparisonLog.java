package org.fovea.studies.attention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The log of all runs, a CSV file, to which runs in several processes add lines. */
record ComparisonLog(Path file) {
    List<ComparisonLine> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.equals(ComparisonLine.HEADER))
                .map(ComparisonLine::parse)
                .toList();
    }

    boolean holds(String data, String attention, long seed) throws IOException {
        return lines().stream()
                .anyMatch(
                        line -> line.data().equals(data) && line.attention().equals(attention) && line.seed() == seed);
    }

    /** Adds a line, unless another process has done the same run meanwhile. */
    void add(ComparisonLine line) throws IOException {
        if (holds(line.data(), line.attention(), line.seed())) {
            return;
        }
        String begin = Files.exists(file) ? "" : ComparisonLine.HEADER + "\n";
        Files.writeString(file, begin + line.text() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
