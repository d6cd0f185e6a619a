package org.fovea.cli;

import java.nio.file.Path;

/** Something named on the command line or found in a folder. */
sealed interface Input {
    /** What it is called in the output. */
    String file();

    /** A file to be read. */
    record ImageFile(Path path) implements Input {
        @Override
        public String file() {
            return path.toString();
        }
    }

    /** What names no image. */
    record Unusable(String file, String error) implements Input {}
}
