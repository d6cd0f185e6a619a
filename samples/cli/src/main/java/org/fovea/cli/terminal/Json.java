package org.fovea.cli.terminal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON. */
public final class Json {
    public static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** A document on one line, without an end of line. */
    public static String text(Content content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no file that could fail
        }
        return out.toString();
    }

    /** What writes a document. */
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }
}
