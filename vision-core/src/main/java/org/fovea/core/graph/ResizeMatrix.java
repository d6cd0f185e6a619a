package org.fovea.core.graph;

/** The rows by which {@link Resize2d} weighs the pixels of one axis: y[i] = Σ R[i, k]·x[k]. */
public final class ResizeMatrix {
    private static final double CUBIC = -0.75;
    private static final double CUBIC_ANTIALIAS = -0.5;

    private ResizeMatrix() {}

    /** Matrix of one axis, {@code [out][in]}; rows sum to 1. */
    public static double[][] of(Resize2d op, int in, int out) {
        return of(op, in, out, (double) in / out);
    }

    /**
     * Matrix of one axis with a given step between outputs in input pixels, for references that pass a scale factor instead of
     * a size; the step is ignored with {@code alignCorners}.
     */
    public static double[][] of(Resize2d op, int in, int out, double step) {
        double[][] rows = new double[out][in];
        for (int i = 0; i < out; i++) {
            double center = center(op, i, in, out, step);
            switch (op.kind()) {
                case NEAREST -> rows[i][Math.min(in - 1, (int) Math.floor(i * step))] = 1;
                case BILINEAR -> fill(rows[i], op, op.alignCorners() ? center : Math.max(center, 0), 1, step);
                case BICUBIC -> fill(rows[i], op, center, 2, step);
            }
        }
        return rows;
    }

    private static double center(Resize2d op, int i, int in, int out, double step) {
        if (op.alignCorners()) {
            return out == 1 ? 0 : i * (double) (in - 1) / (out - 1);
        }
        return (i + 0.5) * step - 0.5;
    }

    private static void fill(double[] row, Resize2d op, double center, int support, double step) {
        if (op.antialias()) {
            antialiased(row, op, (center + 0.5), support, Math.max(step, 1));
            return;
        }
        int first = (int) Math.floor(center) - support + 1;
        for (int k = first; k < first + 2 * support; k++) {
            double weight = kernel(op.kind(), center - k, CUBIC);
            row[Math.max(0, Math.min(row.length - 1, k))] += weight;
        }
    }

    /**
     * Fills a row with an antialiasing kernel; pixels outside the image are left out and the rest normalized, as in Pillow.
     */
    private static void antialiased(double[] row, Resize2d op, double center, int support, double stretch) {
        int first = Math.max(0, (int) (center - support * stretch + 0.5));
        int last = Math.min(row.length, (int) (center + support * stretch + 0.5));
        double sum = 0;
        for (int k = first; k < last; k++) {
            row[k] = kernel(op.kind(), (k + 0.5 - center) / stretch, CUBIC_ANTIALIAS);
            sum += row[k];
        }
        for (int k = first; k < last; k++) {
            row[k] /= sum;
        }
    }

    private static double kernel(ResizeKind kind, double distance, double a) {
        double t = Math.abs(distance);
        if (kind == ResizeKind.BILINEAR) {
            return Math.max(0, 1 - t);
        }
        if (t <= 1) {
            return ((a + 2) * t - (a + 3)) * t * t + 1;
        }
        return t < 2 ? ((a * t - 5 * a) * t + 8 * a) * t - 4 * a : 0;
    }
}
