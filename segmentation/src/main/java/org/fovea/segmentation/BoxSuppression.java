package org.fovea.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Non-maximum suppression: of things whose boxes overlap much the best stays. A box reaches from the middle of its first pixel to that
 * of its last, as in the reference, so that one of a single row has no area and suppresses nothing.
 */
final class BoxSuppression {
    private BoxSuppression() {}

    /**
     * Keeps the best of overlapping candidates: those that remain, best first, equally good ones in their order.
     *
     * @param most intersection over union of the boxes above which the worse candidate is dropped
     */
    static <T> List<T> kept(List<T> all, Function<T, BinaryMask> box, ToDoubleFunction<T> rank, double most) {
        List<T> out = new ArrayList<>();
        List<T> order = new ArrayList<>(all);
        order.sort(Comparator.comparingDouble(rank).reversed());
        for (T each : order) {
            if (out.stream().noneMatch(better -> overlap(box.apply(better), box.apply(each)) > most)) {
                out.add(each);
            }
        }
        return out;
    }

    /** Intersection over union of two boxes; NaN if neither has an area. */
    static double overlap(BinaryMask a, BinaryMask b) {
        double across = Math.min(a.right(), b.right()) - 1.0 - Math.max(a.left(), b.left());
        double down = Math.min(a.bottom(), b.bottom()) - 1.0 - Math.max(a.top(), b.top());
        double both = Math.max(0, across) * Math.max(0, down);
        return both / (area(a) + area(b) - both);
    }

    private static double area(BinaryMask m) {
        return (m.right() - 1.0 - m.left()) * (m.bottom() - 1.0 - m.top());
    }
}
