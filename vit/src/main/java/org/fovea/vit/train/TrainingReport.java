package org.fovea.vit.train;

import java.io.IOException;
import java.nio.file.Path;

/** Makes something of a finished run, such as pictures, while its images can still be read. */
@FunctionalInterface
public interface TrainingReport {
    /** A report that writes nothing. */
    TrainingReport NONE = (folder, evaluation) -> {};

    /**
     * Writes the report.
     *
     * @param folder of the run, with its metrics and the finished checkpoint
     * @param evaluation of that checkpoint on the validation images
     * @throws IOException when a file cannot be written
     */
    void write(Path folder, Evaluation evaluation) throws IOException;
}
