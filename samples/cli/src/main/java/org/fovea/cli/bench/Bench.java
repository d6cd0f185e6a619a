package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.fovea.core.backend.Precision;

/** A kind of measurement of {@code fovea bench}. */
interface Bench extends AutoCloseable {
    /** The batch sizes that are measured where none is asked for. */
    List<Integer> usualBatches();

    /** The precisions that can be measured here, in their order. */
    List<Precision> precisions();

    /** The quantity measured, for people. */
    String title();

    /** The heads of the columns of {@link Line#text}. */
    String heading();

    /** Measures the lines of a batch size and precision. */
    List<Line> measure(int batch, Precision precision);

    /** Writes what all lines have in common. */
    void write(JsonGenerator json) throws IOException;

    @Override
    void close();

    /** One result. */
    interface Line {
        String text();

        /** Writes one object. */
        void write(JsonGenerator json) throws IOException;
    }
}
