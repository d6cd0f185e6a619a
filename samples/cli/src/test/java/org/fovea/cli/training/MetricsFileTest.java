package org.fovea.cli.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @TempDir
    Path folder;

    /** A crash while a resumed run drops lines must not cost the lines before them. */
    @Test
    void openReplacesTheFileInOneStep() throws IOException {
        Path file = folder.resolve("metrics.csv");
        MetricsFile.open(file, 0);
        String header = Files.readString(file);
        String lines = "1,10,1,1,0,0,0,1e-3,1,1,true\n2,20,1,1,0,0,0,1e-3,1,1,true\n3,30,1,1,0,0";
        Files.writeString(file, header + lines);
        Path sameFile = Files.createLink(folder.resolve("link"), file);
        MetricsFile.open(file, 1);
        assertEquals(header + lines.lines().findFirst().orElseThrow() + "\n", Files.readString(file));
        assertEquals(header + lines, Files.readString(sameFile), "the old file was written into");
        assertEquals(List.of(10.0), MetricsFile.of(file).column("step"));
    }
}
