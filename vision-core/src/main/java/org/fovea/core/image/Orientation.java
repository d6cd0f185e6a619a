package org.fovea.core.image;

/**
 * Turn that makes a stored image stand upright, in the order of EXIF's codes 1 to 8.
 *
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf">EXIF 2.3, tag 274</a>
 */
public enum Orientation {
    /** Upright. */
    UPRIGHT(false, false, false),
    /** Left and right exchanged. */
    MIRROR(false, false, true),
    /** Half a turn. */
    TURN_180(false, true, true),
    /** Top and bottom exchanged. */
    FLIP(false, true, false),
    /** Rows and columns exchanged. */
    TRANSPOSE(true, false, false),
    /** A quarter turn clockwise. */
    TURN_RIGHT(true, true, false),
    /** Rows and columns exchanged about the other diagonal. */
    TRANSVERSE(true, true, true),
    /** A quarter turn counterclockwise. */
    TURN_LEFT(true, false, true);

    private final boolean swap;
    private final boolean reverseRows;
    private final boolean reverseColumns;

    Orientation(boolean swap, boolean reverseRows, boolean reverseColumns) {
        this.swap = swap;
        this.reverseRows = reverseRows;
        this.reverseColumns = reverseColumns;
    }

    /** Orientation of an EXIF code; upright for an invalid code. */
    static Orientation ofCode(int code) {
        return code >= 1 && code <= 8 ? values()[code - 1] : UPRIGHT;
    }

    /** Rotates and mirrors an image; returns the same object if nothing changes. */
    public RgbImage apply(RgbImage image) {
        if (this == UPRIGHT) {
            return image;
        }
        int height = swap ? image.width() : image.height();
        int width = swap ? image.height() : image.width();
        byte[] in = image.samples();
        byte[] out = new byte[in.length];
        for (int y = 0, o = 0; y < height; y++) {
            for (int x = 0; x < width; x++, o += RgbImage.CHANNELS) {
                int i = RgbImage.CHANNELS * input(image, x, y);
                out[o] = in[i];
                out[o + 1] = in[i + 1];
                out[o + 2] = in[i + 2];
            }
        }
        return RgbImage.wrap(height, width, out);
    }

    /** Index of the stored pixel, row by row, that the upright pixel (x, y) shows. */
    private int input(RgbImage stored, int x, int y) {
        int row = swap ? x : y;
        int column = swap ? y : x;
        return (reverseRows ? stored.height() - 1 - row : row) * stored.width()
                + (reverseColumns ? stored.width() - 1 - column : column);
    }
}
