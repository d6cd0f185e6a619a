package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Starting point of tests of {@code fovea train}: a data set of red and green squares with some noise, and an empty output. */
abstract class TrainsOnColors {
    @TempDir
    Path folder;

    Path data;
    Path run;

    @BeforeEach
    void makeData() throws IOException {
        data = folder.resolve("data");
        run = folder.resolve("run");
        ColorSquares.make(data);
    }

    /** Trains the smallest model that trains in a moment. */
    final Cli train(Object... more) {
        List<Object> all = new ArrayList<>(List.of("train", "-d", data, "-o", run, "--image-size", 16, "-b", 8));
        all.addAll(List.of(more));
        return Cli.run(all.toArray());
    }
}
