package org.fovea.core.data.augment;

import org.fovea.core.image.RgbImage;

/**
 * The source of each output pixel: {@code (a x + b y + c, d x + e y + f)}, in pixels, pixel centers at a half; what
 * comes from outside takes the fill color. Bilinear, as Pillow's {@code Image.transform} has it.
 */
record Affine(double a, double b, double c, double d, double e, double f) {
    private static final int CHANNELS = 3;

    static Affine shearX(double share) {
        return new Affine(1, share, 0, 0, 1, 0);
    }

    static Affine shearY(double share) {
        return new Affine(1, 0, 0, share, 1, 0);
    }

    static Affine translate(double right, double down) {
        return new Affine(1, 0, right, 0, 1, down);
    }

    /** Rotation about the image's center, counterclockwise. */
    static Affine rotate(double degrees, int height, int width) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double x = width / 2.0;
        double y = height / 2.0;
        return new Affine(cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y);
    }

    double x(double x, double y) {
        return a * x + b * y + c;
    }

    double y(double x, double y) {
        return d * x + e * y + f;
    }

    /** Inverse map. */
    Affine inverse() {
        double det = a * e - b * d;
        return new Affine(e / det, -b / det, (b * f - c * e) / det, -d / det, a / det, (c * d - a * f) / det);
    }

    /** Transforms an image; {@code fill}, {@code 0xRRGGBB}, is the color outside it. */
    RgbImage apply(RgbImage image, int fill) {
        int height = image.height();
        int width = image.width();
        byte[] in = image.toBytes();
        byte[] out = new byte[in.length];
        int o = 0;
        for (int y = 0; y < height; y++) {
            double sx = a * 0.5 + b * (y + 0.5) + c;
            double sy = d * 0.5 + e * (y + 0.5) + f;
            for (int x = 0; x < width; x++, o += CHANNELS, sx += a, sy += d) {
                if (sx >= 0 && sx < width && sy >= 0 && sy < height) {
                    sample(in, height, width, sx - 0.5, sy - 0.5, out, o);
                } else {
                    out[o] = (byte) (fill >> 16);
                    out[o + 1] = (byte) (fill >> 8);
                    out[o + 2] = (byte) fill;
                }
            }
        }
        return RgbImage.of(height, width, out);
    }

    private static void sample(byte[] in, int height, int width, double x, double y, byte[] out, int o) {
        // Not below -0.5, so that adding one before truncating rounds down.
        int left = (int) (x + 1) - 1;
        int top = (int) (y + 1) - 1;
        float dx = (float) (x - left);
        float dy = (float) (y - top);
        int x0 = Math.max(left, 0);
        int x1 = Math.min(left + 1, width - 1);
        int row0 = Math.max(top, 0) * width;
        int row1 = Math.min(top + 1, height - 1) * width;
        int p00 = CHANNELS * (row0 + x0);
        int p01 = CHANNELS * (row0 + x1);
        int p10 = CHANNELS * (row1 + x0);
        int p11 = CHANNELS * (row1 + x1);
        for (int c = 0; c < CHANNELS; c++) {
            float upper = (in[p00 + c] & 0xff) * (1 - dx) + (in[p01 + c] & 0xff) * dx;
            float lower = (in[p10 + c] & 0xff) * (1 - dx) + (in[p11 + c] & 0xff) * dx;
            out[o + c] = (byte) (int) (upper * (1 - dy) + lower * dy + 0.5f);
        }
    }
}
