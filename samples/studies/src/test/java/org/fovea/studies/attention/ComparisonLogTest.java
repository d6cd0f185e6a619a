package org.fovea.studies.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonLogTest {
    private static ComparisonLine line(String attention, long seed, double score, double millis) {
        return new ComparisonLine("scenes", attention, seed, 265880, score, 0.75, 93, millis, 4_700_000);
    }

    @Test
    void logGivesBackItsLinesAndKnowsRuns(@TempDir Path folder) throws IOException {
        ComparisonLog log = new ComparisonLog(folder.resolve("log.csv"));
        assertFalse(log.holds("scenes", "se", 1));
        List<ComparisonLine> lines = List.of(line("se", 1, 0.5, 5), line("none", 2, 0.25, 4.5));
        for (ComparisonLine line : lines) {
            log.add(line);
        }
        log.add(line("se", 1, 0.6, 7)); // of another process
        assertEquals(lines, log.lines());
        assertTrue(log.holds("scenes", "se", 1));
        assertFalse(log.holds("scenes", "se", 2));
        assertFalse(log.holds("nuclei", "se", 1));
    }

    /** Scores of 0.4, 0.5 and 0.6: mean 0.5, sample standard deviation 0.1; the middle of the times. */
    @Test
    void tableGivesMeanAndSpread() {
        ComparisonTable table = new ComparisonTable(
                List.of(line("se", 1, 0.4, 9), line("se", 2, 0.6, 5), line("se", 3, 0.5, 6), line("none", 1, 0.3, 4)));
        assertEquals(
                List.of(
                        "| none | 1 | 30.0 | 75.0 | 265,880 | 4.0 | 4.7 |",
                        "| se | 3 | 50.0 ± 10.0 | 75.0 ± 0.0 | 265,880 | 6.0 | 4.7 |"),
                table.rows("scenes"));
        assertEquals(List.of(), table.rows("nuclei"));
    }

    @Test
    void lineThatWasCutOffIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), ComparisonLine.HEADER + "\nscenes,se,1,26\n");
        String text = assertThrows(IllegalArgumentException.class, () -> new ComparisonLog(file).lines())
                .getMessage();
        assertTrue(text.contains("must have the 9 columns") && text.contains("'scenes,se,1,26'"), text);
    }
}
