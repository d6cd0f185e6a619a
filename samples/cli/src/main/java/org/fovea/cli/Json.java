package org.fovea.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON. */
final class Json {
    static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** A document on one line, without an end of line. */
    static String text(Content content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file that could fail
        }
        return out.toString();
    }

    /** What writes a document. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
