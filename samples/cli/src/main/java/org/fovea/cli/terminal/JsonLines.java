package org.fovea.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of JSON lines.
 *
 * @param file its path, or {@code -} for the standard input
 * @param subject of a line, such as {@code image}
 * @param form of a line, to be shown in errors
 */
public record JsonLines(String file, String subject, String form) {
    /** The name of the standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int SHOWN = 60;

    /**
     * A line.
     *
     * @param place file and number of the line, to begin an error with
     * @param text as it stands there
     */
    public record Line(String place, JsonNode node, String text, String form) {
        /** The text of a field; fails where there is none. */
        public String text(String field) {
            if (!node.path(field).isTextual()) {
                throw wrongForm();
            }
            return node.get(field).asText();
        }

        /** The text of a field that may be left out. */
        public Optional<String> optionalText(String field) {
            return node.hasNonNull(field) ? Optional.of(text(field)) : Optional.empty();
        }

        /** The texts of a field, at least one; fails where there are none. */
        public List<String> texts(String field) {
            if (!node.path(field).isArray()) {
                throw wrongForm();
            }
            List<String> out = new ArrayList<>();
            for (JsonNode each : node.get(field)) {
                if (!each.isTextual()) {
                    throw new FailureException(place + " must have " + field + " that are texts, got " + each);
                }
                out.add(each.asText());
            }
            return out;
        }

        /** The error of a line without the fields it must have. */
        public FailureException wrongForm() {
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            return new FailureException(place + " must be " + form + ", got '" + shown + "'");
        }
    }

    /** The reading of a line. */
    public interface Reading<T> {
        T read(Line line);
    }

    /**
     * Reads all lines but blank ones.
     *
     * @throws FailureException when a line is wrong, or there is none
     */
    public <T> List<T> read(Reading<T> reading) throws IOException {
        try (BufferedReader lines = open()) {
            List<T> out = new ArrayList<>();
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    out.add(reading.read(line(number, line)));
                }
            }
            if (out.isEmpty()) {
                throw new FailureException(
                        file + ": must hold a line for each " + subject + ", " + form + ", got none");
            }
            return out;
        } catch (MalformedInputException e) {
            throw new FailureException(file + ": must be text in UTF-8, got other bytes; convert it with iconv", e);
        }
    }

    private BufferedReader open() throws IOException {
        return file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file));
    }

    private Line line(int number, String text) {
        String place = file + ": line " + number;
        try {
            return new Line(place, JSON.readTree(text), text, form);
        } catch (JsonProcessingException e) {
            throw new FailureException(place + " must be JSON, " + form + ", got '" + e.getOriginalMessage() + "'", e);
        }
    }
}
