package org.fovea.cli.images;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * Shows the results of one task: what reports say beside the image's name and its error.
 *
 * @param <R> result of an image
 */
public interface ResultView<R> {
    /** Heads of the columns of a table. */
    List<String> columns();

    /** Rows of a table, each with a cell for every one of {@link #columns}. */
    List<List<Object>> rows(R result);

    /** Writes the fields of an image's JSON object. */
    void writeFields(JsonGenerator json, R result) throws IOException;

    /** Lines for people. */
    List<String> lines(R result);
}
