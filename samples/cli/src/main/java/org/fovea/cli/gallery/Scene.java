package org.fovea.cli.gallery;

import org.fovea.core.image.RgbImage;

/**
 * The picture that mechanisms are shown on, made by tracing rays so that it belongs to nobody: balls on a floor under the sky. In
 * a clip of it the yellow ball rolls.
 */
final class Scene {
    private static final double[] EYE = {0, 1.45, -5.2};
    private static final double HORIZON = 0.3; // fraction of the height, from the top
    private static final double[] SUN = unit(-0.55, 0.75, -0.5);
    private static final double ZOOM = 1.35;
    private static final double AMBIENT = 0.38;
    private static final double CLOSE = 1e-4;
    private static final int SAMPLES = 3; // rays per pixel along each axis

    private Scene() {}

    /** Things on the floor. */
    enum Ball {
        BIG_RED(-1.35, 0.6, 0.8, 0.80, 0.13, 0.12),
        BLUE(1.25, 1.4, 0.75, 0.12, 0.25, 0.78),
        GREEN(0.1, 2.6, 0.6, 0.10, 0.55, 0.20),
        YELLOW(-0.35, -1.2, 0.4, 0.93, 0.78, 0.10),
        SMALL_RED(1.75, -0.9, 0.42, 0.80, 0.13, 0.12);

        private final double x;
        private final double z;
        private final double radius;
        private final double[] color;

        Ball(double x, double z, double radius, double red, double green, double blue) {
            this.x = x;
            this.z = z;
            this.radius = radius;
            this.color = new double[] {red, green, blue};
        }

        private double[] center(double time) {
            return new double[] {this == YELLOW ? x - 1.2 + 2.6 * time : x, radius, z};
        }

        /** Position (x, y) of the center of the ball in the picture, as fractions of width and height. */
        double[] place(double time) {
            double[] at = minus(center(time), EYE);
            double aspect = (double) Studio.WIDTH / Studio.HEIGHT;
            return new double[] {0.5 + ZOOM * at[0] / at[2] / aspect, HORIZON - ZOOM * at[1] / at[2]};
        }
    }

    /**
     * Renders the picture.
     *
     * @param time time from 0 to 1, during which the yellow ball rolls from left to right; the still picture is at half time
     */
    static RgbImage at(double time) {
        byte[] rgb = new byte[3 * Studio.WIDTH * Studio.HEIGHT];
        for (int y = 0, i = 0; y < Studio.HEIGHT; y++) {
            for (int x = 0; x < Studio.WIDTH; x++, i += 3) {
                double[] sum = new double[3];
                for (int s = 0; s < SAMPLES * SAMPLES; s++) {
                    double[] ray = ray(x + (s % SAMPLES + 0.5) / SAMPLES, y + (s / SAMPLES + 0.5) / SAMPLES);
                    double[] color = color(EYE, ray, time, 1);
                    for (int c = 0; c < 3; c++) {
                        sum[c] += color[c] / (SAMPLES * SAMPLES);
                    }
                }
                for (int c = 0; c < 3; c++) {
                    rgb[i + c] = (byte) Math.round(255 * Math.min(1, Math.pow(sum[c], 1 / 1.6)));
                }
            }
        }
        return RgbImage.of(Studio.HEIGHT, Studio.WIDTH, rgb);
    }

    private static double[] ray(double x, double y) {
        double right = (x - Studio.WIDTH / 2.0) / Studio.HEIGHT / ZOOM;
        return unit(right, (HORIZON - y / Studio.HEIGHT) / ZOOM, 1);
    }

    private static double[] color(double[] from, double[] ray, double time, int mirrors) {
        double near = Double.POSITIVE_INFINITY;
        Ball hit = null;
        for (Ball ball : Ball.values()) {
            double t = distance(from, ray, ball, time);
            if (t < near) {
                near = t;
                hit = ball;
            }
        }
        double floor = ray[1] < 0 ? -from[1] / ray[1] : Double.POSITIVE_INFINITY;
        if (hit == null && floor == Double.POSITIVE_INFINITY) {
            double high = Math.sqrt(Math.max(0, ray[1]));
            return new double[] {0.62 - 0.42 * high, 0.76 - 0.36 * high, 0.92 - 0.16 * high};
        }
        if (floor < near) {
            return floor(along(from, ray, floor), floor, time);
        }
        double[] point = along(from, ray, near);
        double[] normal = unit(minus(point, hit.center(time)));
        double light = AMBIENT + (1 - AMBIENT) * Math.max(0, dot(normal, SUN)) * (inShade(point, time) ? 0.1 : 1);
        double[] bounced = minus(ray, times(normal, 2 * dot(ray, normal)));
        double shine = Math.pow(Math.max(0, dot(bounced, SUN)), 40) * 0.6;
        double[] seen = mirrors > 0 ? color(along(point, bounced, CLOSE), bounced, time, 0) : new double[3];
        double[] out = new double[3];
        for (int c = 0; c < 3; c++) {
            out[c] = 0.92 * hit.color[c] * light + 0.08 * seen[c] + shine;
        }
        return out;
    }

    /** Color of the floor boards, which fade into the distance. */
    private static double[] floor(double[] point, double distance, double time) {
        double board = Math.floor(point[0] / 0.55);
        double grain = 0.05 * Math.sin(37 * board) + 0.03 * Math.sin(9 * point[2] + 5 * board);
        double seam = point[0] / 0.55 - board < 0.04 ? -0.12 : 0;
        double light = (AMBIENT + (1 - AMBIENT) * SUN[1] * (inShade(point, time) ? 0.08 : 1)) * (1 + grain + seam);
        double haze = 1 - Math.exp(-distance / 40);
        double[] wood = {0.52, 0.44, 0.35};
        double[] far = {0.62, 0.76, 0.92};
        double[] out = new double[3];
        for (int c = 0; c < 3; c++) {
            out[c] = (1 - haze) * wood[c] * light + haze * far[c];
        }
        return out;
    }

    private static boolean inShade(double[] point, double time) {
        for (Ball ball : Ball.values()) {
            if (distance(along(point, SUN, CLOSE), SUN, ball, time) < Double.POSITIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }

    /** Distance along the ray at which it hits the ball; infinite if it misses. */
    private static double distance(double[] from, double[] ray, Ball ball, double time) {
        double[] off = minus(from, ball.center(time));
        double b = dot(off, ray);
        double under = b * b - dot(off, off) + ball.radius * ball.radius;
        double t = under < 0 ? -1 : -b - Math.sqrt(under);
        return t > CLOSE ? t : Double.POSITIVE_INFINITY;
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] times(double[] a, double by) {
        return new double[] {a[0] * by, a[1] * by, a[2] * by};
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double[] along(double[] from, double[] ray, double t) {
        return new double[] {from[0] + t * ray[0], from[1] + t * ray[1], from[2] + t * ray[2]};
    }

    private static double[] unit(double... a) {
        return times(a, 1 / Math.sqrt(dot(a, a)));
    }
}
