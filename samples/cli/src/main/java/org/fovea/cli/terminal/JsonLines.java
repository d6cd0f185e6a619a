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
 * @param file path of the file, or {@code -} for standard input
 * @param subject subject of a line, such as {@code image}
 * @param form example of a line, shown in errors
 */
public record JsonLines(String file, String subject, String form) {
    /** Name that stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int SHOWN = 60;

    /**
     * A line.
     *
     * @param place file and line number, with which errors begin
     * @param text original text of the line
     */
    public record Line(String place, JsonNode node, String text, String form) {
        /** Text of a required field. */
        public String text(String field) {
            if (!node.path(field).isTextual()) {
                throw wrongForm();
            }
            return node.get(field).asText();
        }

        /** Text of an optional field. */
        public Optional<String> optionalText(String field) {
            return node.hasNonNull(field) ? Optional.of(text(field)) : Optional.empty();
        }

        /** Texts of a required field, at least one. */
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

        /** Creates the error for a line that lacks required fields. */
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
     * Reads all lines except blank ones.
     *
     * @throws FailureException when a line is wrong, or there are no lines
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
