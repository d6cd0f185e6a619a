package org.fovea.cli.images;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * Shows the results of one task: what reports say beside the image's name and its error.
 *
 * @param <R> type of the result for an image
 */
public interface ResultView<R> {
    /** Column headers of a table. */
    List<String> columns();

    /** Rows of a table, each with a cell for every one of {@link #columns}. */
    List<List<Object>> rows(R result);

    /** Writes the fields of an image's JSON object. */
    void writeFields(JsonGenerator json, R result) throws IOException;

    /** The fields of one JSON object. */
    interface Fields {
        /** Writes the fields after the image's name. */
        void write(JsonGenerator json) throws IOException;
    }

    /** JSON objects of a result, a line each; one unless a command has several results per image. */
    default List<Fields> objects(R result) {
        return List.of(json -> writeFields(json, result));
    }

    /** Number of {@link #objects} that an image will have; a resumed run skips the image if all are present. */
    default int objectsOf(String file) {
        return 1;
    }

    /** Lines for people. */
    List<String> lines(R result);
}
