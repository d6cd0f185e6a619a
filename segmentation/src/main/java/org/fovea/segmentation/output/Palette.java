package org.fovea.segmentation.output;

import java.util.List;
import org.fovea.core.Check;

/**
 * Colors of labels, {@code 0xRRGGBB}; of a label beyond the list the color of {@link #stable}.
 *
 * @param colors by label
 */
public record Palette(List<Integer> colors) {
    private static final int RGB = 0xffffff;

    /** Checks the colors. */
    public Palette {
        colors = List.copyOf(colors);
        colors.forEach(color -> Check.within(0, RGB, "Palette: a color", color));
    }

    /** Colors of the PASCAL VOC challenge, which are defined for every label: black, dark red, dark green, … */
    public static Palette stable() {
        return new Palette(List.of());
    }

    /** The color of a label. */
    public int color(int label) {
        return label < colors.size() ? colors.get(label) : stable(label);
    }

    /** Distributes the bits of the label over red, green and blue in turn, the lowest bits having the greatest weight. */
    private static int stable(int label) {
        int rgb = 0;
        int rest = label;
        for (int bit = 7; bit >= 0; bit--) {
            rgb |= (rest & 1) << (16 + bit) | (rest >> 1 & 1) << (8 + bit) | (rest >> 2 & 1) << bit;
            rest >>= 3;
        }
        return rgb;
    }
}
