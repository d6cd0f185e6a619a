package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.fovea.cli.model.Precisions;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;

/** A kind of measurement of {@code fovea bench}. */
interface Bench extends AutoCloseable {
    /** Name of the model as given by the user. */
    String name();

    /** Backend that computes. */
    Backend backend();

    /** Default batch sizes. */
    default List<Integer> usualBatches() {
        return List.of(1);
    }

    /** Precisions that can be measured on this machine, in their order. */
    default List<Precision> precisions() {
        return Precisions.ALL.stream().filter(backend()::supports).toList();
    }

    /** Name of the measured quantity, for people. */
    String title();

    /** Column headers of {@link Line#text}. */
    String heading();

    /** Measures a batch size and precision. */
    List<Line> measure(int batch, Precision precision);

    /** Writes the fields that all lines share. */
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
