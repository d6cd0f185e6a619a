package org.fovea.core.weights;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * The parameters of a model under Fovea's own names: an immutable, ordered collection that knows each one's shape and
 * where its values come from.
 *
 * <p>Values are read when asked for and, but for computed ones, not kept: parameters of a checkpoint stay on disk.
 * Thread-safe. Closing it closes the files underneath.
 */
public final class Parameters implements org.fovea.core.backend.WeightSource, AutoCloseable {
    private final Map<String, ParameterSource> sources;
    private final List<Checkpoint> owned;

    private Parameters(Map<String, ParameterSource> sources, List<Checkpoint> owned) {
        this.sources = Collections.unmodifiableMap(sources);
        this.owned = owned;
    }

    /** Creates parameters from tensors in memory, in the map's order; the tensors are shared. */
    public static Parameters of(Map<String, Tensor> tensors) {
        Builder builder = builder();
        tensors.forEach(builder::add);
        return builder.build();
    }

    /** Creates a builder that collects parameters from several sources. */
    public static Builder builder() {
        return new Builder();
    }

    /** Names of all parameters, in the order in which they were added. */
    public Set<String> names() {
        return sources.keySet();
    }

    /**
     * Shape of a parameter.
     *
     * @throws IllegalArgumentException when there is no such parameter
     */
    @Override
    public Shape shape(String name) {
        return source(name).shape();
    }

    /**
     * Type of {@link #tensor} for a parameter: the stored type, or float32 for one that is joined, computed or random.
     *
     * @throws IllegalArgumentException when there is no such parameter
     */
    public DType dtype(String name) {
        return source(name).dtype();
    }

    /** Total number of elements of all parameters. */
    public long count() {
        return sources.values().stream().mapToLong(s -> s.shape().size()).sum();
    }

    /**
     * Values of a parameter in the type of {@link #dtype}; a view of the mapped file if it is stored there unchanged. Must not
     * be written to.
     *
     * @throws IllegalArgumentException when there is no such parameter
     * @throws org.fovea.core.ModelFormatException when it exceeds 2 GiB or its file has been truncated
     * @throws IllegalStateException after {@link #close}, for parameters of a file
     */
    @Override
    public Tensor tensor(String name) {
        return source(name).tensor();
    }

    /**
     * Values of a parameter in row-major order, converted to float32; a new array.
     *
     * @throws IllegalArgumentException when there is no such parameter, or it does not fit in an array
     * @throws org.fovea.core.ModelFormatException when its file has been truncated
     * @throws IllegalStateException after {@link #close}, for parameters of a file
     */
    public float[] floats(String name) {
        ParameterSource source = source(name);
        if (source.shape().size() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("parameter '" + name + "' has " + source.shape()
                    + " elements, more than an array can hold; use readFloats in parts");
        }
        float[] out = new float[(int) source.shape().size()];
        source.readFloats(0, FloatBuffer.wrap(out));
        return out;
    }

    /**
     * Copies a parameter's values in row-major order, converted to float32, and advances the target; nothing is cached, and no
     * mapped page is touched.
     *
     * @param target target on or off the heap, in any byte order, with room for all elements
     * @throws IllegalArgumentException when there is no such parameter, or not enough room for it
     * @throws org.fovea.core.ModelFormatException when its file has been truncated
     * @throws IllegalStateException after {@link #close}, for parameters of a file
     */
    @Override
    public void readFloats(String name, FloatBuffer target) {
        ParameterSource source = source(name);
        if (target.remaining() < source.shape().size()) {
            throw new IllegalArgumentException("parameter '" + name + "' " + source.shape() + " takes "
                    + source.shape().size() + " floats, got a buffer with room for " + target.remaining());
        }
        int limit = target.limit();
        source.readFloats(
                0, target.limit(target.position() + (int) source.shape().size()));
        target.limit(limit);
    }

    /**
     * Fills the target with a parameter's values from {@code fromElement} on, converted to float32; for passing a large
     * parameter through a small buffer.
     *
     * @throws IllegalArgumentException when there is no such parameter, or fewer elements remain than the target has room for
     * @throws org.fovea.core.ModelFormatException when its file has been truncated
     * @throws IllegalStateException after {@link #close}, for parameters of a file
     */
    public void readFloats(String name, long fromElement, FloatBuffer target) {
        ParameterSource source = source(name);
        if (fromElement < 0 || fromElement > source.shape().size() - target.remaining()) {
            throw new IllegalArgumentException("parameter '" + name + "' has "
                    + source.shape().size() + " elements, asked for " + target.remaining() + " from " + fromElement);
        }
        source.readFloats(fromElement, target);
    }

    /** Closes the underlying files; parameters in memory and tensors already returned stay valid. */
    @Override
    public void close() {
        owned.forEach(Checkpoint::close);
    }

    private ParameterSource source(String name) {
        ParameterSource source = sources.get(name);
        if (source == null) {
            throw new IllegalArgumentException("no parameter '" + name + "' among " + Listing.of(sources.keySet()));
        }
        return source;
    }

    /** Collects parameters; every name once. Not thread-safe. */
    public static final class Builder {
        private final Map<String, ParameterSource> sources = new LinkedHashMap<>();
        private final List<Checkpoint> owned = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a tensor in memory, which is shared.
         *
         * @return this builder
         * @throws IllegalArgumentException when the name is taken
         */
        public Builder add(String name, Tensor tensor) {
            return put(name, new ParameterSources.InMemory(tensor));
        }

        /**
         * Adds a parameter with random initial values, generated when they are read. They depend on the seed, the name and the
         * shape, not on the order of parameters.
         *
         * @param seed base seed, the same for all parameters of a model
         * @return this builder
         * @throws IllegalArgumentException when the name is taken or the initializer does not support the shape
         */
        public Builder initial(String name, Shape shape, Initializer initializer, long seed) {
            return put(
                    name,
                    new ParameterSources.Initial(initializer.forShape(shape), shape, SeededBlocks.seed(seed, name)));
        }

        /** Builds the parameters. */
        public Parameters build() {
            return new Parameters(new LinkedHashMap<>(sources), List.copyOf(owned));
        }

        Builder owning(Checkpoint checkpoint) {
            owned.add(checkpoint);
            return this;
        }

        Builder put(String name, ParameterSource source) {
            if (sources.putIfAbsent(name, source) != null) {
                throw new IllegalArgumentException("a parameter may be added once, got '" + name + "' again");
            }
            return this;
        }
    }
}
