package org.fovea.cli.score;

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
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.captioning.metric.ScoredCaption;
import org.fovea.cli.terminal.FailureException;
import org.fovea.cli.terminal.Table;
import org.fovea.core.io.JsonText;

/** The work of {@code fovea score captions}. */
final class CaptionScoring {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String STANDARD_INPUT = "-";
    private static final String FORM = "{\"hypothesis\": \"…\", \"references\": [\"…\"]}";

    private CaptionScoring() {}

    /** The text to print of a file's scores. */
    static String run(String file, boolean tokenized, boolean json) throws IOException {
        List<ScoredCaption> captions;
        try (BufferedReader lines = open(file)) {
            captions = read(file, lines);
        } catch (MalformedInputException e) {
            throw new FailureException(file + ": must be text in UTF-8, got other bytes; convert it with iconv", e);
        }
        CaptionScores scores = tokenized ? CaptionScores.ofTokenized(captions) : CaptionScores.of(captions);
        if (!json) {
            Table table = new Table(1);
            CaptionScoreView.rows(table, scores);
            return table.toString();
        }
        return JsonText.line(out -> {
                    out.writeStartObject();
                    CaptionScoreView.fields(out, scores);
                    out.writeEndObject();
                })
                + System.lineSeparator();
    }

    private static BufferedReader open(String file) throws IOException {
        return file.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file));
    }

    private static List<ScoredCaption> read(String file, BufferedReader lines) throws IOException {
        List<ScoredCaption> captions = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                captions.add(caption(file + ": line " + number, line));
            }
        }
        if (captions.isEmpty()) {
            throw new FailureException(file + ": must hold a line for each image, " + FORM + ", got none");
        }
        return captions;
    }

    private static ScoredCaption caption(String place, String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new FailureException(place + " must be JSON, " + FORM + ", got '" + e.getOriginalMessage() + "'", e);
        }
        JsonNode references = node.path("references");
        if (!node.path("hypothesis").isTextual() || !references.isArray()) {
            throw new FailureException(place + " must be " + FORM + ", got '" + shown(line) + "'");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : references) {
            if (!each.isTextual()) {
                throw new FailureException(place + " must have references that are texts, got " + each);
            }
            texts.add(each.asText());
        }
        if (texts.isEmpty()) {
            throw new FailureException(place + " must have at least 1 reference, got none");
        }
        return new ScoredCaption(node.get("hypothesis").asText(), texts);
    }

    private static String shown(String line) {
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
