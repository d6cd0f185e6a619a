package org.fovea.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.Check;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.model.PointKind;
import org.fovea.segmentation.model.Sam.Ambiguity;

/**
 * A request for a mask: points, at most one box, and at most one earlier mask to go on from; immutable. Places are (x, y) in
 * pixels of the image, (0, 0) being the middle of its first pixel.
 *
 * <pre>{@code
 * Prompt cup = Prompt.at(480, 310).without(520, 90);
 * Prompt boxed = Prompt.box(100, 60, 420, 380).with(200, 200);
 * }</pre>
 *
 * <p>The model answers with several masks, of a part, a thing and what the thing belongs to; {@link #certain} asks for one.
 */
public final class Prompt {
    private final List<Point> points;
    private final List<Point> corners;
    private final Tensor earlier;
    private final Ambiguity ambiguity;

    /** A place and what it stands for. */
    record Point(double x, double y, PointKind kind) {
        Point {
            Check.that(Double.isFinite(x) && Double.isFinite(y), "Prompt: a place", "be finite", x + ", " + y);
        }
    }

    private Prompt(List<Point> points, List<Point> corners, Tensor earlier, Ambiguity ambiguity) {
        this.points = List.copyOf(points);
        this.corners = List.copyOf(corners);
        this.earlier = earlier;
        this.ambiguity = ambiguity;
    }

    /** Prompt for the object at a point. */
    public static Prompt at(double x, double y) {
        return new Prompt(List.of(new Point(x, y, PointKind.FOREGROUND)), List.of(), null, Ambiguity.SEVERAL);
    }

    /**
     * Prompt for the object that fills a box.
     *
     * @throws IllegalArgumentException unless {@code left < right} and {@code top < bottom}
     */
    public static Prompt box(double left, double top, double right, double bottom) {
        return new Prompt(List.of(), corners(left, top, right, bottom), null, Ambiguity.SEVERAL);
    }

    /**
     * Prompt of several points for one object.
     *
     * @param shown (x, y) of points inside the mask; at least one if there is no box
     * @param hidden (x, y) of points outside the mask
     * @param box prompt to add the points to, such as a box
     * @throws IllegalArgumentException when there is neither a box nor a point inside
     */
    public static Prompt of(List<double[]> shown, List<double[]> hidden, Optional<Prompt> box) {
        Check.that(
                box.isPresent() || !shown.isEmpty(),
                "Prompt: the points",
                "have one on what is wanted, or a box, beside those on what is not",
                hidden.size() + " on what is not");
        Prompt out = box.orElseGet(() -> at(shown.get(0)[0], shown.get(0)[1]));
        for (double[] p : box.isPresent() ? shown : shown.subList(1, shown.size())) {
            out = out.with(p[0], p[1]);
        }
        for (double[] p : hidden) {
            out = out.without(p[0], p[1]);
        }
        return out;
    }

    private static List<Point> corners(double left, double top, double right, double bottom) {
        Check.that(
                left < right && top < bottom,
                "Prompt: a box",
                "have left below right and top below bottom",
                left + "," + top + "," + right + "," + bottom);
        return List.of(new Point(left, top, PointKind.TOP_LEFT), new Point(right, bottom, PointKind.BOTTOM_RIGHT));
    }

    /** Copy with one more point inside the mask. */
    public Prompt with(double x, double y) {
        return plus(new Point(x, y, PointKind.FOREGROUND));
    }

    /** Copy with one more point outside the mask. */
    public Prompt without(double x, double y) {
        return plus(new Point(x, y, PointKind.BACKGROUND));
    }

    private Prompt plus(Point point) {
        List<Point> more = new ArrayList<>(points);
        more.add(point);
        return new Prompt(more, corners, earlier, ambiguity);
    }

    /** Copy with a box, which replaces an earlier one. */
    public Prompt within(double left, double top, double right, double bottom) {
        return new Prompt(points, corners(left, top, right, bottom), earlier, ambiguity);
    }

    /** Copy that refines a mask of the same image, which replaces an earlier one. */
    public Prompt from(PredictedMask mask) {
        return from(mask.logits());
    }

    /**
     * Copy that refines a mask.
     *
     * @param logits logits {@code [S, S]} over the padded image, like those of {@link PredictedMask#logits}; above 0 inside
     */
    public Prompt from(Tensor logits) {
        return new Prompt(points, corners, logits, ambiguity);
    }

    /** Copy that counts as unambiguous, so that the model returns one mask. */
    public Prompt certain() {
        return new Prompt(points, corners, earlier, Ambiguity.NONE);
    }

    /** Points of the prompt, then the corners of the box. */
    List<Point> places() {
        List<Point> all = new ArrayList<>(points);
        all.addAll(corners);
        return all;
    }

    boolean hasBox() {
        return !corners.isEmpty();
    }

    Optional<Tensor> earlier() {
        return Optional.ofNullable(earlier);
    }

    Ambiguity ambiguity() {
        return ambiguity;
    }

    /**
     * Checks that all points lie on an image.
     *
     * @throws IllegalArgumentException when one does not
     */
    void check(int height, int width) {
        for (Point p : points) {
            if (!(p.x >= 0 && p.x < width && p.y >= 0 && p.y < height)) {
                throw new IllegalArgumentException("Prompt: a point must lie on the image, x from 0 to below " + width
                        + " and y from 0 to below " + height + ", got " + p.x + "," + p.y);
            }
        }
        for (Point p : corners) {
            if (!(p.x >= 0 && p.x <= width && p.y >= 0 && p.y <= height)) {
                throw new IllegalArgumentException("Prompt: a box must lie on the image, x from 0 to " + width
                        + " and y from 0 to " + height + ", got a corner at " + p.x + "," + p.y);
            }
        }
    }

    /** Points of the prompt, such as {@code 480.0,310.0 FOREGROUND}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        places().forEach(p -> words.add(p.x + "," + p.y + " " + p.kind));
        if (earlier != null) {
            words.add("an earlier mask");
        }
        return "Prompt: " + String.join("; ", words);
    }
}
