package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.fovea.cli.model.Precisions;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;

/** A kind of measurement of {@code fovea bench}. */
interface Bench extends AutoCloseable {
    /** The model's name as it was given. */
    String name();

    /** The backend that computes. */
    Backend backend();

    /** The batch sizes that are measured where none is asked for. */
    default List<Integer> usualBatches() {
        return List.of(1);
    }

    /** The precisions that can be measured here, in their order. */
    default List<Precision> precisions() {
        return Precisions.ALL.stream().filter(backend()::supports).toList();
    }

    /** The quantity measured, for people. */
    String title();

    /** The heads of the columns of {@link Line#text}. */
    String heading();

    /** Measures the lines of a batch size and precision. */
    List<Line> measure(int batch, Precision precision);

    /** Writes what all lines have in common. */
    default void write(JsonGenerator json) throws IOException {
        json.writeStringField("model", name());
        json.writeStringField("backend", backend().name());
    }

    @Override
    void close();

    /** One result. */
    interface Line {
        String text();

        /** Writes one object. */
        void write(JsonGenerator json) throws IOException;
    }
}
