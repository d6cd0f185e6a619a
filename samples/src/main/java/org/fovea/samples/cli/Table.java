package org.fovea.samples.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns; cells that look like numbers stand at the right. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();

    /** Adds a row; all rows have as many cells. */
    void row(Object... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = String.valueOf(cells[i]);
        }
        rows.add(row);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String space = " ".repeat(width(i) - row[i].length());
                boolean right = !row[i].isEmpty() && Character.isDigit(row[i].charAt(0)) && row.length > 2;
                line.append(i == 0 ? "" : "  ").append(right ? space + row[i] : row[i] + space);
            }
            out.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
