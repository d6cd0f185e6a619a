package org.fovea.core.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.core.tensor.Shape;

/**
 * One parameter a model expects, and how it comes from a checkpoint; made by {@link NameMap.Builder#expect}. Stored
 * values must be of a floating-point type. Not thread-safe.
 */
public final class Expectation {
    private final String name;
    private final Shape shape;
    private final List<List<String>> alternatives = new ArrayList<>();
    private Shape storedShape;
    private boolean transposed;

    Expectation(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
        this.storedShape = shape;
    }

    /**
     * Takes the values from the first of these tensors that exists. May be repeated, and mixed with {@link #concat}, to add
     * alternatives.
     *
     * @return this expectation
     */
    public Expectation from(String... names) {
        Arrays.stream(names).map(List::of).forEach(alternatives::add);
        return this;
    }

    /**
     * Takes the values from these tensors joined along axis 0, in this order, if all exist.
     *
     * @return this expectation
     */
    public Expectation concat(String... parts) {
        alternatives.add(List.of(parts));
        return this;
    }

    /**
     * Expects the tensor to be stored in another shape, with the same number of elements in the same order.
     *
     * @return this expectation
     * @throws IllegalArgumentException when the element counts differ
     */
    public Expectation reshapedFrom(int... sizes) {
        Shape stored = Shape.of(sizes);
        if (stored.size() != shape.size()) {
            throw new IllegalArgumentException(
                    "parameter '" + name + "': a reshape keeps the element count, got " + stored + " to " + shape);
        }
        this.storedShape = stored;
        return this;
    }

    /**
     * Expects a matrix to be stored transposed.
     *
     * @return this expectation
     * @throws IllegalArgumentException when it is not a matrix
     */
    public Expectation transposed() {
        if (shape.rank() != 2) {
            throw new IllegalArgumentException(
                    "parameter '" + name + "': only a matrix can be stored transposed, got " + shape);
        }
        this.storedShape = Shape.of(shape.dim(1), shape.dim(0));
        this.transposed = true;
        return this;
    }

    /** Copy that is not affected by further calls. */
    Expectation freeze() {
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException(
                    "parameter '" + name + "': nothing says where it comes from, call from or concat");
        }
        Expectation copy = new Expectation(name, shape);
        copy.alternatives.addAll(alternatives);
        copy.storedShape = storedShape;
        copy.transposed = transposed;
        return copy;
    }

    String name() {
        return name;
    }

    Shape shape() {
        return shape;
    }

    List<List<String>> alternatives() {
        return alternatives;
    }

    /** Problem with the stored tensors, if there is one. */
    Optional<String> problem(Checkpoint checkpoint, List<String> found) {
        List<String> integers = found.stream()
                .filter(n -> !checkpoint.info(n).dtype().isFloat())
                .map(n -> n + " must be of a floating-point type, got "
                        + checkpoint.info(n).dtype())
                .toList();
        if (!integers.isEmpty()) {
            return Optional.of(Listing.of(integers));
        }
        Optional<Shape> joined = joinedShape(checkpoint, found);
        if (joined.isPresent() && joined.get().equals(storedShape)) {
            return Optional.empty();
        }
        List<String> actual =
                found.stream().map(n -> checkpoint.info(n).shape().toString()).toList();
        return Optional.of(String.join(" + ", found) + " must be " + storedShape
                + (found.size() > 1 ? " when joined along axis 0" : "") + ", got " + String.join(" + ", actual)
                + " (for " + name + " " + shape + ")");
    }

    /** Source of the values; the stored tensors must not have a {@link #problem}. */
    ParameterSource source(Checkpoint checkpoint, List<String> found) {
        if (found.size() == 1) {
            return transposed
                    ? new ParameterSources.Transposed(stored(checkpoint, found.get(0), storedShape), shape)
                    : stored(checkpoint, found.get(0), shape);
        }
        List<ParameterSource> parts = found.stream()
                .map(n -> stored(checkpoint, n, checkpoint.info(n).shape()))
                .toList();
        return new ParameterSources.Concatenated(parts, shape);
    }

    private static ParameterSource stored(Checkpoint checkpoint, String name, Shape shape) {
        return new ParameterSources.Stored(checkpoint.file(name), name, shape);
    }

    /** Shape of the tensors joined along axis 0, or of a single one; empty if they cannot be joined. */
    private static Optional<Shape> joinedShape(Checkpoint checkpoint, List<String> found) {
        Shape first = checkpoint.info(found.get(0)).shape();
        if (found.size() == 1) {
            return Optional.of(first);
        }
        long rows = 0;
        for (String part : found) {
            Shape next = checkpoint.info(part).shape();
            if (first.rank() == 0
                    || next.rank() != first.rank()
                    || !next.with(0, 1).equals(first.with(0, 1))) {
                return Optional.empty();
            }
            rows += next.dim(0);
        }
        return rows > Integer.MAX_VALUE ? Optional.empty() : Optional.of(first.with(0, (int) rows));
    }
}
