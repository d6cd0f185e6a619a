package org.fovea.core.view;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;

/**
 * Regions of an image, each in a color over it and with a border, and a legend of the colors below; immutable.
 *
 * @param mask a label for each pixel
 * @param entries regions to draw, by label; others stay unchanged
 * @param opacity opacity of the colors, from 0 to 1
 */
public record MaskOverlay(LabelMask mask, List<Entry> entries, double opacity) {
    private static final double DEFAULT_OPACITY = 0.5;
    private static final int LABELS = 1 << Character.SIZE;
    private static final int GAP = 12;
    private static final int SWATCH = 14;
    private static final int NONE = -1;

    /**
     * A region.
     *
     * @param label label in the mask
     * @param name name in the legend; empty for none
     * @param rgb color, {@code 0xRRGGBB}
     */
    public record Entry(int label, String name, int rgb) {}

    /** Copies the list. */
    public MaskOverlay {
        Check.probability("MaskOverlay: opacity", opacity);
        entries = List.copyOf(entries);
    }

    /** Creates an overlay with half-transparent colors. */
    public static MaskOverlay of(LabelMask mask, List<Entry> entries) {
        return new MaskOverlay(mask, entries, DEFAULT_OPACITY);
    }

    /**
     * Draws the overlay on an image.
     *
     * @throws IllegalArgumentException when the mask has another size than the image
     */
    public RgbImage drawOn(RgbImage image) {
        if (image.height() != mask.height() || image.width() != mask.width()) {
            throw new IllegalArgumentException("MaskOverlay: image and mask must have one size, got " + image.height()
                    + " x " + image.width() + " and " + mask.height() + " x " + mask.width());
        }
        return withLegend(RgbImage.of(image.height(), image.width(), blend(image.toBytes())));
    }

    private byte[] blend(byte[] rgb) {
        int[] colorOf = new int[LABELS];
        Arrays.fill(colorOf, NONE);
        entries.forEach(entry -> colorOf[entry.label()] = entry.rgb());
        int height = mask.height();
        int width = mask.width();
        char[] above = new char[width];
        char[] row = new char[width];
        char[] below = new char[width];
        mask.copyRow(0, row);
        mask.copyRow(0, above);
        for (int y = 0; y < height; y++) {
            mask.copyRow(Math.min(y + 1, height - 1), below);
            for (int x = 0; x < width; x++) {
                int color = colorOf[row[x]];
                if (color != NONE) {
                    boolean inside = row[x] == above[x]
                            && row[x] == below[x]
                            && row[x] == row[Math.max(0, x - 1)]
                            && row[x] == row[Math.min(width - 1, x + 1)];
                    blend(rgb, 3 * (y * width + x), color, inside ? opacity : 1);
                }
            }
            char[] free = above;
            above = row;
            row = below;
            below = free;
        }
        return rgb;
    }

    private static void blend(byte[] rgb, int at, int color, double share) {
        for (int c = 0; c < 3; c++) {
            int under = rgb[at + c] & 0xff;
            int over = color >> (16 - 8 * c) & 0xff;
            rgb[at + c] = (byte) Math.round(under + share * (over - under));
        }
    }

    private RgbImage withLegend(RgbImage picture) {
        List<Entry> named = entries.stream().filter(e -> !e.name().isEmpty()).toList();
        if (named.isEmpty()) {
            return picture;
        }
        int widest = Canvas.widest(named.stream().map(Entry::name).toList(), Canvas.SMALL);
        int width = Math.max(picture.width(), widest + SWATCH + 3 * GAP);
        List<int[]> places = places(named, width);
        int legend = places.get(places.size() - 1)[1] + Canvas.LINE + GAP / 2;
        Canvas canvas = new Canvas(width, picture.height() + legend);
        canvas.picture(picture, 0, 0);
        for (int i = 0; i < named.size(); i++) {
            int x = places.get(i)[0];
            int y = picture.height() + places.get(i)[1] + Canvas.LINE / 2;
            canvas.graphics().setColor(new Color(named.get(i).rgb()));
            canvas.graphics().fillRect(x, y - SWATCH / 2, SWATCH, SWATCH);
            canvas.graphics().setColor(Canvas.INK);
            canvas.text(named.get(i).name(), x + SWATCH + GAP / 2.0, y, Canvas.SMALL, Canvas.Align.LEFT);
        }
        return canvas.finish();
    }

    /** Left and top of each legend entry, in lines as wide as the picture. */
    private static List<int[]> places(List<Entry> named, int width) {
        List<int[]> out = new ArrayList<>();
        int x = GAP;
        int y = GAP / 2;
        for (Entry entry : named) {
            int needs = SWATCH + GAP / 2 + Canvas.width(entry.name(), Canvas.SMALL) + GAP;
            if (x > GAP && x + needs > width) {
                x = GAP;
                y += Canvas.LINE;
            }
            out.add(new int[] {x, y});
            x += needs;
        }
        return out;
    }
}
