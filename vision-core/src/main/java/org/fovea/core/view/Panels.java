package org.fovea.core.view;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.image.RgbImage;

/** Pictures side by side, each under a title; immutable and thread-safe. */
public final class Panels {
    private static final int GAP = 16;

    private final int columns;
    private final List<Panel> panels;

    private record Panel(String title, RgbImage picture) {}

    private Panels(int columns, List<Panel> panels) {
        this.columns = columns;
        this.panels = panels;
    }

    /**
     * Creates a sheet without pictures.
     *
     * @param columns number of columns, at least 1
     * @throws IllegalArgumentException when it is less
     */
    public static Panels inColumns(int columns) {
        Check.positive("Panels: columns", columns);
        return new Panels(columns, List.of());
    }

    /**
     * Creates a sheet without pictures, with a number of columns that gives rows of equal length if possible: eight pictures
     * form two rows of four.
     *
     * @param most maximum number of columns, at least 1
     * @param pictures number of pictures, at least 1
     * @throws IllegalArgumentException when one is less
     */
    public static Panels evenly(int most, int pictures) {
        Check.positive("Panels: columns", most);
        Check.positive("Panels: pictures", pictures);
        int rows = (pictures + most - 1) / most;
        return inColumns((pictures + rows - 1) / rows);
    }

    /**
     * Copy with one more picture at the end.
     *
     * @param title title, broken into lines if it is wider than its column
     */
    public Panels with(String title, RgbImage picture) {
        List<Panel> more = new ArrayList<>(panels);
        more.add(new Panel(title, picture));
        return new Panels(columns, List.copyOf(more));
    }

    /**
     * Draws all pictures; each column is as wide as its widest picture.
     *
     * @throws IllegalStateException when there are none
     */
    public RgbImage draw() {
        if (panels.isEmpty()) {
            throw new IllegalStateException("Panels: there must be a picture to draw, got none; add one by with()");
        }
        int across = Math.min(columns, panels.size());
        int rows = (panels.size() + columns - 1) / columns;
        int[] widths = new int[across];
        int[] heights = new int[rows];
        int[] titles = new int[rows];
        for (int i = 0; i < panels.size(); i++) {
            RgbImage picture = panels.get(i).picture;
            widths[i % columns] = Math.max(widths[i % columns], picture.width());
            heights[i / columns] = Math.max(heights[i / columns], picture.height());
        }
        for (int i = 0; i < panels.size(); i++) {
            titles[i / columns] =
                    Math.max(titles[i / columns], lines(i, widths[i % columns]).size());
        }
        int width = GAP;
        for (int w : widths) {
            width += w + GAP;
        }
        int height = GAP;
        for (int row = 0; row < rows; row++) {
            height += titles[row] * Canvas.LINE + heights[row] + GAP;
        }
        return paint(new Canvas(width, height), widths, heights, titles);
    }

    private RgbImage paint(Canvas canvas, int[] widths, int[] heights, int[] titles) {
        int y = GAP;
        for (int row = 0; row < heights.length; row++) {
            int x = GAP;
            int below = y + titles[row] * Canvas.LINE;
            for (int column = 0; column < widths.length; column++) {
                int i = row * columns + column;
                if (i < panels.size()) {
                    List<String> lines = lines(i, widths[column]);
                    int first = below - lines.size() * Canvas.LINE;
                    for (int k = 0; k < lines.size(); k++) {
                        double middle = first + (k + 0.4) * Canvas.LINE;
                        canvas.text(lines.get(k), x, middle, Canvas.BOLD, Canvas.Align.LEFT);
                    }
                    canvas.picture(panels.get(i).picture, x, below);
                }
                x += widths[column] + GAP;
            }
            y = below + heights[row] + GAP;
        }
        return canvas.finish();
    }

    private List<String> lines(int panel, int width) {
        String title = panels.get(panel).title;
        return title.isEmpty() ? List.of() : Canvas.wrap(title, Canvas.BOLD, width);
    }
}
