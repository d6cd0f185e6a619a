package org.fovea.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns. */
public final class Table {
    private final int numbers;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * Creates an empty table.
     *
     * @param numbers index of the right-aligned column, or -1 for none
     */
    public Table(int numbers) {
        this.numbers = numbers;
    }

    /** Adds a row; all rows must have the same number of cells. */
    public void row(Object... cells) {
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
                line.append(i == 0 ? "" : "  ").append(i == numbers ? space + row[i] : row[i] + space);
            }
            out.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
    }
}
