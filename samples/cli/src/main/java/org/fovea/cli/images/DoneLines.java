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
 * @param files the images it names
 * @param last the lines of the image that it names last
 * @param end the bytes to keep: all but a last line that was being written when its process was killed
 * @param lacksLineEnd whether the last line is whole but for its end
 */
record DoneLines(Map<String, Lines> files, Last last, long end, boolean lacksLineEnd) {
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

    /**
     * The lines of one image behind all others: of the only one that a killed run may have left with some of its lines.
     *
     * @param begin bytes before them
     */
    record Last(String file, long begin) {}

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String START = "{\"file\":\"";

    /**
     * Reads a file from its beginning.
     *
     * @throws FailureException when a line was not written by this program: the file may be given by mistake
     */
    static DoneLines read(Path path, FileChannel channel) throws IOException {
        Map<String, Lines> files = new HashMap<>();
        Last last = new Last("", 0);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(0)));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long end = 0;
        for (int b = in.read(), number = 1; b >= 0; b = in.read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            String text = line.toString(StandardCharsets.UTF_8);
            if (!text.isBlank()) {
                int where = number;
                last = after(last, end, take(text, files).orElseThrow(() -> notOurs(path, "line " + where, text)));
            }
            end += line.size() + 1L;
            line.reset();
            number++;
        }
        String rest = line.toString(StandardCharsets.UTF_8);
        Optional<String> whole = rest.isEmpty() ? Optional.empty() : take(rest, files);
        if (whole.isPresent()) {
            return new DoneLines(files, after(last, end, whole.get()), end + line.size(), true);
        }
        if (!rest.startsWith(START) && !START.startsWith(rest)) {
            throw notOurs(path, "the last line", rest);
        }
        return new DoneLines(files, last, end, false);
    }

    private static Last after(Last last, long begin, String file) {
        return last.file().equals(file) ? last : new Last(file, begin);
    }

    private static FailureException notOurs(Path path, String where, String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new FailureException(path + ": " + where + " must be a JSON line of an earlier run, " + START
                + "…, got '" + shown + "'; give another --resume file, or remove that line");
    }

    /** Counts a line; returns its image, empty where it is none of ours. */
    private static Optional<String> take(String text, Map<String, Lines> files) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            Optional<String> file = Optional.empty();
            boolean failed = false;
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
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
                return Optional.empty();
            }
            files.merge(file.get(), new Lines(1, failed), Lines::and);
            return file;
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
