package org.fovea.core.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the lines of CSV (RFC 4180, no line breaks inside quotes) and JSON-lines manifests. */
final class ManifestRows {
    private static final String KEYS = "path, label and perhaps split";

    private ManifestRows() {}

    /** Reads a file with a header line that names the columns. */
    static List<ManifestRow> csv(String file, List<String> lines) {
        if (lines.isEmpty()) {
            throw new DataSetException(file + ": the first line must name the columns " + KEYS + ", got an empty file");
        }
        List<String> header = fields(file, 1, lines.get(0).replace("\uFEFF", "")).stream()
                .map(h -> h.trim().toLowerCase(Locale.ROOT))
                .toList();
        if (!header.contains("path") || !header.contains("label")) {
            throw new DataSetException(
                    file + ": the first line must name the columns " + KEYS + ", got " + header + "; add it");
        }
        List<ManifestRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> fields = fields(file, i + 1, lines.get(i));
            if (fields.size() != header.size()) {
                throw new DataSetException(file + ", line " + (i + 1) + ": must have " + header.size()
                        + " fields as the first line has, got " + fields.size()
                        + "; put fields that hold commas in quotes");
            }
            Map<String, String> values = new HashMap<>();
            for (int f = 0; f < fields.size(); f++) {
                values.put(header.get(f), fields.get(f).trim());
            }
            rows.add(row(file, i + 1, values));
        }
        return rows;
    }

    private static List<String> fields(String file, int line, String text) {
        List<String> out = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                out.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new DataSetException(file + ", line " + line + ": quotes must be closed on their line, got " + text);
        }
        out.add(field.toString());
        return out;
    }

    /** Reads a file with one JSON object per line. */
    static List<ManifestRow> jsonLines(String file, List<String> lines) {
        List<ManifestRow> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                rows.add(row(file, i + 1, object(file, i + 1, lines.get(i))));
            }
        }
        return rows;
    }

    private static Map<String, String> object(String file, int line, String text) {
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                if (parser.nextToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
                    values.put(key, parser.getText());
                }
                parser.skipChildren();
            }
            if (!object || parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new DataSetException(
                        file + ", line " + line + ": must be one JSON object with " + KEYS + ", got " + text);
            }
        } catch (JsonProcessingException e) {
            throw new DataSetException(
                    file + ", line " + line + ": must be valid JSON, got an error: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DataSetException(file + ", line " + line + ": cannot be read: " + e, e);
        }
        return values;
    }

    private static ManifestRow row(String file, int line, Map<String, String> values) {
        String path = values.getOrDefault("path", "");
        String label = values.getOrDefault("label", "");
        if (path.isEmpty() || label.isEmpty()) {
            throw new DataSetException(file + ", line " + line + ": must give a path and a label, got path '" + path
                    + "' and label '" + label + "'; complete or remove the line");
        }
        String split = values.getOrDefault("split", "");
        return new ManifestRow(line, path, label, split.isEmpty() ? DataSplits.UNDIVIDED : split);
    }
}
