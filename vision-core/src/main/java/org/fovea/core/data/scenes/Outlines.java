package org.fovea.core.data.scenes;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.EnumMap;
import java.util.Map;

/** Outlines of shapes within the unit circle. */
final class Outlines {
    private static final double SQUARE = 0.76; // half a side of a square, whose corners come close to the circle
    private static final double HOLE = 0.52;
    private static final double ARM = 0.3;
    private static final double INNER = 0.45; // inner radius of a star
    private static final Map<ObjectShape, Shape> UNIT = new EnumMap<>(Map.of(
            ObjectShape.CIRCLE, circle(0.92),
            ObjectShape.SQUARE, polygon(-SQUARE, -SQUARE, SQUARE, -SQUARE, SQUARE, SQUARE, -SQUARE, SQUARE),
            ObjectShape.TRIANGLE, polygon(0, -1, 0.92, 0.72, -0.92, 0.72),
            ObjectShape.STAR, star(),
            ObjectShape.CROSS, cross(),
            ObjectShape.RING, ring(),
            ObjectShape.HEART, heart(),
            ObjectShape.DIAMOND, polygon(0, -1, 0.62, 0, 0, 1, -0.62, 0)));

    private Outlines() {}

    /** Outline of an object, in pixels. */
    static Shape of(SceneObject o, double pixels) {
        AffineTransform transform = AffineTransform.getTranslateInstance(o.x() * pixels, o.y() * pixels);
        transform.rotate(o.rotation());
        transform.scale(o.radius() * pixels, o.radius() * pixels);
        return transform.createTransformedShape(UNIT.get(o.shape()));
    }

    private static Shape circle(double radius) {
        return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }

    private static Path2D polygon(double... xy) {
        Path2D out = new Path2D.Double();
        out.moveTo(xy[0], xy[1]);
        for (int i = 2; i < xy.length; i += 2) {
            out.lineTo(xy[i], xy[i + 1]);
        }
        out.closePath();
        return out;
    }

    private static Shape star() {
        double[] xy = new double[20];
        for (int i = 0; i < 10; i++) {
            double radius = i % 2 == 0 ? 1 : INNER;
            double angle = Math.PI * (i / 5.0 - 0.5);
            xy[2 * i] = radius * Math.cos(angle);
            xy[2 * i + 1] = radius * Math.sin(angle);
        }
        return polygon(xy);
    }

    private static Shape cross() {
        double e = 0.95;
        return polygon(
                -ARM, -e, ARM, -e, ARM, -ARM, e, -ARM, e, ARM, ARM, ARM, ARM, e, -ARM, e, -ARM, ARM, -e, ARM, -e, -ARM,
                -ARM, -ARM);
    }

    private static Shape ring() {
        Area out = new Area(circle(0.95));
        out.subtract(new Area(circle(HOLE)));
        return out;
    }

    private static Shape heart() {
        Path2D out = new Path2D.Double();
        out.moveTo(0, 0.92);
        out.curveTo(-0.5, 0.45, -1, 0.1, -0.95, -0.35);
        out.curveTo(-0.9, -0.95, -0.2, -1, 0, -0.42);
        out.curveTo(0.2, -1, 0.9, -0.95, 0.95, -0.35);
        out.curveTo(1, 0.1, 0.5, 0.45, 0, 0.92);
        out.closePath();
        return out;
    }
}
