package org.fovea.cli.images;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.cli.terminal.FailureException;

/**
 * Contents of a file of JSON lines.
 *
 * @param files lines of each image that the file names
 * @param end number of bytes to keep: all except an incomplete last line, left by a process that was killed while writing it
 * @param lacksLineEnd whether the last line is complete except for its line end
 */
record DoneLines(Map<String, Lines> files, long end, boolean lacksLineEnd) {
    /**
     * The lines of an image.
     *
     * @param count number of lines
     * @param failed whether one of them has an error
     */
    record Lines(int count, boolean failed) {
        Lines and(Lines other) {
            return new Lines(count + other.count, failed || other.failed);
        }
    }

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String START = "{\"file\":\"";

    /**
     * Reads a file from its beginning.
     *
     * @throws FailureException when a line was not written by this program: the file may be given by mistake
     */
    static DoneLines read(Path path, FileChannel channel) throws IOException {
        Map<String, Lines> files = new HashMap<>();
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long end = 0;
        for (int b = in.read(), number = 1; b >= 0; b = in.read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            end += line.size() + 1L;
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (!text.isBlank() && !take(text, files)) {
                throw notOurs(path, "line " + number, text);
            }
            number++;
        }
        String rest = line.toString(StandardCharsets.UTF_8);
        if (!rest.isEmpty() && take(rest, files)) {
            return new DoneLines(files, end + line.size(), true);
        }
        if (!rest.startsWith(START) && !START.startsWith(rest)) {
            throw notOurs(path, "the last line", rest);
        }
        return new DoneLines(files, end, false);
    }

    private static FailureException notOurs(Path path, String where, String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new FailureException(path + ": " + where + " must be a JSON line of an earlier run, " + START
                + "…, got '" + shown + "'; give another --resume file, or remove that line");
    }

    private static boolean take(String text, Map<String, Lines> files) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            Optional<String> file = Optional.empty();
            boolean failed = false;
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("file") && json.currentToken() == JsonToken.VALUE_STRING) {
                    file = Optional.of(json.getText());
                }
                failed |= name.equals("error");
                json.skipChildren();
            }
            if (json.currentToken() != JsonToken.END_OBJECT || file.isEmpty()) {
                return false;
            }
            files.merge(file.get(), new Lines(1, failed), Lines::and);
        } catch (JsonProcessingException e) {
            return false;
        }
        return true;
    }
}
