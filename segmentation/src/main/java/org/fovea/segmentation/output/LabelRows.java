package org.fovea.segmentation.output;

import java.io.IOException;
import org.fovea.core.image.LabelMask;

/** A file of labels that is written row by row; closing it frees what it holds and does not end the file. */
public interface LabelRows extends AutoCloseable {
    /**
     * Writes the next row.
     *
     * @throws IOException when writing fails
     */
    void row(char[] labels) throws IOException;

    /** Ends the file, after all rows. */
    void end() throws IOException;

    @Override
    void close();

    /** Writes all rows of a mask and ends the file. */
    default void all(LabelMask mask) throws IOException {
        char[] row = new char[mask.width()];
        for (int y = 0; y < mask.height(); y++) {
            mask.copyRow(y, row);
            row(row);
        }
        end();
    }
}
