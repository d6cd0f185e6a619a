package org.fovea.core.io;

import java.util.List;
import java.util.stream.Collectors;

/** Tables as text, as RFC 4180 has them but for plain line feeds. */
public final class CsvText {
    private CsvText() {}

    /** Formats a row with its line feed; cells that could be misread are quoted. */
    public static String row(List<?> cells) {
        return cells.stream().map(CsvText::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(Object field) {
        String text = field.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
