package org.fovea.core.data.scenes;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A drawn scene.
 *
 * @param seed seed of shading and background
 * @param aspect width of the picture divided by its height
 * @param objects objects, the farthest first: a later one covers an earlier one where they overlap
 */
public record Scene(long seed, double aspect, Background background, List<SceneObject> objects) {
    /**
     * Largest separation of objects that overlap, as a fraction of the sum of their radii; no separation lies between it and
     * {@link #APART}.
     */
    static final double OVERLAPPING = 0.85;

    /** Smallest separation of objects that do not overlap, as a fraction of the sum of their radii. */
    static final double APART = 1.1;

    /** Minimum difference of distances for an object to be the nearest. */
    private static final double NEARER = 0.03;

    /** Copies the list. */
    public Scene {
        objects = List.copyOf(objects);
    }

    /** Width of the picture in units of its shorter side. */
    double width() {
        return Math.max(1, aspect);
    }

    /** Height of the picture in units of its shorter side. */
    double height() {
        return Math.max(1, 1 / aspect);
    }

    /** Indices of the objects that satisfy a condition. */
    public List<Integer> where(Predicate<SceneObject> condition) {
        return IntStream.range(0, objects.size())
                .filter(i -> condition.test(objects.get(i)))
                .boxed()
                .toList();
    }

    /** Returns whether one object overlaps another. */
    boolean overlaps(int a, int b) {
        return a != b && objects.get(a).separation(objects.get(b)) < OVERLAPPING;
    }

    /** Index of the object nearest to another; empty if two are about equally near, or there are no others. */
    OptionalInt nearest(int to) {
        SceneObject target = objects.get(to);
        List<Integer> others = IntStream.range(0, objects.size())
                .filter(i -> i != to)
                .boxed()
                .sorted((a, b) -> Double.compare(
                        objects.get(a).distance(target), objects.get(b).distance(target)))
                .toList();
        if (others.isEmpty()) {
            return OptionalInt.empty();
        }
        double first = objects.get(others.get(0)).distance(target);
        boolean clear = others.size() == 1 || objects.get(others.get(1)).distance(target) - first >= NEARER;
        return clear ? OptionalInt.of(others.get(0)) : OptionalInt.empty();
    }
}
