package org.fovea.core.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Expectation;
import org.fovea.core.weights.NameMap;

/**
 * A checkpoint's names for our layers, a row each; {@code *} stands for a number. Immutable.
 *
 * <p>A layer's weights follow from its row: {@code weight} and {@code bias} are called so everywhere, and our norms'
 * {@code scale} and {@code shift} are {@code weight} and {@code bias} in every checkpoint. Several names in a row are
 * joined in that order.
 *
 * <pre>{@code
 * NameTable names = NameTable.under("vit.")
 *         .row("blocks.*.norm1", "encoder.layer.*.layernorm_before")
 *         .row("blocks.*.attention.qkv", "encoder.layer.*.query", "encoder.layer.*.key", "encoder.layer.*.value")
 *         .outside("head", "classifier")
 *         .build();
 * Parameters parameters = names.map(shapes).load(checkpoint);
 * }</pre>
 */
public final class NameTable {
    private static final Map<String, String> SUFFIXES =
            Map.of("weight", "weight", "bias", "bias", "scale", "weight", "shift", "bias");

    private final String[] prefixes;
    private final String[] ignored;
    private final Map<String, List<String>> rows;
    private final Map<String, Shape> stored;
    private final Set<String> outside;
    private final Set<String> transposed;

    private NameTable(Builder builder) {
        this.prefixes = builder.prefixes;
        this.ignored = builder.ignored;
        this.rows = Map.copyOf(builder.rows);
        this.stored = Map.copyOf(builder.stored);
        this.outside = Set.copyOf(builder.outside);
        this.transposed = Set.copyOf(builder.transposed);
    }

    /** Table of checkpoints that use Fovea's names. */
    public static NameTable ours() {
        return new Builder("").build();
    }

    /**
     * Starts a table.
     *
     * @param prefixes prefixes that may precede every name of a row; a checkpoint is saved with the first. Names without a
     *     prefix are found too
     */
    public static Builder under(String... prefixes) {
        return new Builder(prefixes);
    }

    /** Copy with layers that have Fovea's names in every checkpoint, without a prefix. */
    public NameTable withOurs(String... layers) {
        if (rows.isEmpty()) {
            return this;
        }
        Builder out = copy();
        for (String layer : layers) {
            out.outside(layer, layer);
        }
        return out.build();
    }

    /** Copy for checkpoints that may contain further tensors, such as a head; {@code *} stands for any characters. */
    public NameTable ignoring(String... names) {
        return copy().ignore(names).build();
    }

    private Builder copy() {
        Builder out = new Builder(prefixes).ignore(ignored);
        out.rows.putAll(rows);
        out.stored.putAll(stored);
        out.outside.addAll(outside);
        out.transposed.addAll(transposed);
        return out;
    }

    /**
     * Complete map of a model's names.
     *
     * @param shapes shapes of all weights under Fovea's names
     * @throws IllegalArgumentException when a weight has no row
     */
    public NameMap map(Map<String, Shape> shapes) {
        NameMap.Builder map = NameMap.builder().prefixes(prefixes).ignore(ignored);
        shapes.forEach((name, shape) -> {
            String[] theirs = theirs(name).toArray(String[]::new);
            Expectation expected = map.expect(name, shape);
            if (theirs.length > 1) {
                expected.concat(theirs);
            } else {
                expected.from(theirs);
            }
            if (isTransposed(name)) {
                expected.transposed();
            } else {
                expected.reshapedFrom(storedShape(name, shape).toArray());
            }
        });
        return map.build();
    }

    /** Returns whether a checkpoint stores a weight as {@code [in, out]}. */
    boolean isTransposed(String name) {
        return !transposed.isEmpty()
                && name.endsWith(".weight")
                && transposed.contains(find(name).row());
    }

    /** Shape in which a checkpoint stores a weight as a whole. */
    public Shape storedShape(String name, Shape shape) {
        return isTransposed(name) ? Shape.of(shape.dim(1), shape.dim(0)) : stored.getOrDefault(name, shape);
    }

    /**
     * Names in the checkpoint without a prefix; several tensors are joined along axis 0.
     *
     * @throws IllegalArgumentException when the weight has no row
     */
    public List<String> theirs(String name) {
        return rows.isEmpty() ? List.of(name) : find(name).names();
    }

    /**
     * Names in the checkpoint with the prefix under which it is saved; several tensors are joined along axis 0.
     *
     * @throws IllegalArgumentException when the weight has no row
     */
    public List<String> saved(String name) {
        if (rows.isEmpty()) {
            return List.of(name);
        }
        Found found = find(name);
        String prefix = outside.contains(found.row()) ? "" : prefixes[0];
        return found.names().stream().map(s -> prefix + s).toList();
    }

    private Found find(String name) {
        int dot = name.lastIndexOf('.');
        String suffix = SUFFIXES.get(name.substring(dot + 1));
        List<String> numbers = new ArrayList<>();
        String generic = generic(name, numbers);
        for (String row : List.of(name, generic)) {
            if (rows.containsKey(row)) {
                return found(row, numbers, "");
            }
            String layer = row.substring(0, Math.max(0, row.lastIndexOf('.')));
            if (suffix != null && rows.containsKey(layer)) {
                return found(layer, numbers, "." + suffix);
            }
        }
        throw new IllegalArgumentException("NameTable: there must be a row for \"" + name
                + "\" or its layer, got rows for " + new TreeSet<>(rows.keySet()));
    }

    private Found found(String row, List<String> numbers, String suffix) {
        List<String> names = new ArrayList<>();
        for (String theirs : rows.get(row)) {
            String out = theirs;
            for (String number : numbers) {
                out = out.replaceFirst("\\*", number);
            }
            names.add(out + suffix);
        }
        return new Found(row, names);
    }

    /** Name with {@code *} for every part that is a number. */
    private static String generic(String name, List<String> numbers) {
        String[] parts = name.split("\\.");
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty() && parts[i].chars().allMatch(c -> c >= '0' && c <= '9')) {
                numbers.add(parts[i]);
                parts[i] = "*";
            }
        }
        return String.join(".", parts);
    }

    private record Found(String row, List<String> names) {}

    /** Collects rows; not thread-safe. */
    public static final class Builder {
        private final String[] prefixes;
        private final Map<String, List<String>> rows = new HashMap<>();
        private final Map<String, Shape> stored = new HashMap<>();
        private final Set<String> outside = new HashSet<>();
        private final Set<String> transposed = new HashSet<>();
        private String[] ignored = {};

        private Builder(String... prefixes) {
            this.prefixes = prefixes.clone();
        }

        /** Adds or replaces a row. */
        public Builder row(String ours, String... theirs) {
            rows.put(ours, Arrays.asList(theirs));
            return this;
        }

        /** Adds a row of a linear map whose weight is stored as {@code [in, out]}. */
        public Builder transposed(String ours, String theirs) {
            transposed.add(ours);
            return row(ours, theirs);
        }

        /**
         * Adds the rows of a model that is a part of this one.
         *
         * @param scope prefix of the part in Fovea's names, such as {@code vision.}
         * @param prefix of the part in the checkpoint's names
         */
        public Builder part(String scope, String prefix, NameTable part) {
            part.rows.forEach((ours, theirs) ->
                    rows.put(scope + ours, theirs.stream().map(s -> prefix + s).toList()));
            part.stored.forEach((weight, shape) -> stored.put(scope + weight, shape));
            part.transposed.forEach(row -> transposed.add(scope + row));
            ignored = Stream.concat(Stream.of(ignored), Stream.of(part.ignored).map(s -> prefix + s))
                    .toArray(String[]::new);
            return this;
        }

        /** Adds a row of a layer that is saved without a prefix. */
        public Builder outside(String ours, String... theirs) {
            outside.add(ours);
            return row(ours, theirs);
        }

        /** Sets the shape in which a checkpoint stores a weight, with the same number of elements in the same order. */
        public Builder stored(String weight, Shape shape) {
            stored.put(weight, shape);
            return this;
        }

        /** Names tensors that checkpoints may contain and the model does not use; {@code *} stands for any characters. */
        public Builder ignore(String... names) {
            this.ignored = Stream.concat(Stream.of(ignored), Stream.of(names)).toArray(String[]::new);
            return this;
        }

        /** Builds the table. */
        public NameTable build() {
            return new NameTable(this);
        }
    }
}
