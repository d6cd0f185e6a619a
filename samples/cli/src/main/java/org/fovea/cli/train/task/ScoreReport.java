package org.fovea.cli.train.task;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;

/** Scores of a model as text, as JSON and as files. */
public interface ScoreReport {
    /** Lines for the screen, each ended. */
    String text();

    /** Writes one JSON object. */
    void write(JsonGenerator json) throws IOException;

    /**
     * Writes pictures and other files.
     *
     * @param folder existing folder
     * @throws IOException when a file cannot be written
     */
    void draw(Path folder) throws IOException;
}
