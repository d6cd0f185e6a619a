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

    /** The fields of one JSON object. */
    interface Fields {
        /** Writes them behind the image's name. */
        void write(JsonGenerator json) throws IOException;
    }

    /** The JSON objects of a result, a line each; one but for commands that have several results of an image. */
    default List<Fields> objects(R result) {
        return List.of(json -> writeFields(json, result));
    }

    /** The number of {@link #objects} that an image will have; a run that is resumed skips it when all are there. */
    default int objectsOf(String file) {
        return 1;
    }

    /** Lines for people. */
    List<String> lines(R result);
}
