package org.fovea.cli;

import org.fovea.vit.Classification;

/** What became of one image. */
sealed interface Outcome {
    /** The image's path as the user gave it. */
    String file();

    /** It was classified. */
    record Classified(String file, Classification classification) implements Outcome {}

    /** It was not. */
    record Failed(String file, String error) implements Outcome {
        /** Of an error whose text may begin with the file. */
        static Failed of(String file, String message) {
            String start = file + ": ";
            return new Failed(file, message.startsWith(start) ? message.substring(start.length()) : message);
        }
    }
}
