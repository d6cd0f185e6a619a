package org.fovea.core.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.fovea.core.tensor.Shape;

/**
 * Leads from a checkpoint's names to a model's own: which parameters are expected, with which shape, and where each
 * comes from. Immutable.
 *
 * <pre>{@code
 * NameMap.Builder map = NameMap.builder().prefixes("vit.", "").ignore("pooler.*");
 * map.expect("norm.weight", Shape.of(768)).from("layernorm.weight");
 * map.expect("blocks.0.qkv.weight", Shape.of(2304, 768)).concat("q.weight", "k.weight", "v.weight");
 * try (Parameters parameters = map.build().load(Checkpoint.open(directory))) { ... }
 * }</pre>
 */
public final class NameMap {
    private final List<String> prefixes;
    private final List<Pattern> ignored;
    private final List<Expectation> expectations;

    private NameMap(Builder builder) {
        this.prefixes = List.copyOf(builder.prefixes);
        this.ignored = List.copyOf(builder.ignored);
        this.expectations =
                builder.expectations.values().stream().map(Expectation::freeze).toList();
    }

    /** Creates a builder that collects expectations. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Finds every expected parameter in a checkpoint, without reading values.
     *
     * @param checkpoint checkpoint, which is closed with the parameters, or here if they do not match
     * @throws org.fovea.core.ModelFormatException when tensors are missing or unexpected, or have a wrong shape or type; the
     *     message lists them all
     */
    public Parameters load(Checkpoint checkpoint) {
        try {
            return loadOpen(checkpoint);
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private Parameters loadOpen(Checkpoint checkpoint) {
        Parameters.Builder parameters = Parameters.builder().owning(checkpoint);
        MismatchReport report = new MismatchReport(checkpoint);
        Set<String> unused = new TreeSet<>(checkpoint.names());
        for (Expectation expected : expectations) {
            Optional<List<String>> found = find(expected, checkpoint);
            if (found.isEmpty()) {
                reportMissing(expected, checkpoint, unused, report);
                continue;
            }
            found.get().forEach(unused::remove);
            Optional<String> problem = expected.problem(checkpoint, found.get());
            if (problem.isPresent()) {
                report.wrong(problem.get());
            } else {
                parameters.put(expected.name(), expected.source(checkpoint, found.get()));
            }
        }
        unused.stream().filter(name -> !isIgnored(name)).forEach(report::unused);
        report.throwIfAny();
        return parameters.build();
    }

    /** Names in the checkpoint of the first alternative whose parts all exist. */
    private Optional<List<String>> find(Expectation expected, Checkpoint checkpoint) {
        for (List<String> parts : expected.alternatives()) {
            List<String> found = parts.stream()
                    .flatMap(part -> prefixed(part, checkpoint).stream())
                    .toList();
            if (found.size() == parts.size()) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private Optional<String> prefixed(String part, Checkpoint checkpoint) {
        return prefixes.stream()
                .map(prefix -> prefix + part)
                .filter(checkpoint.names()::contains)
                .findFirst();
    }

    private void reportMissing(Expectation expected, Checkpoint checkpoint, Set<String> unused, MismatchReport report) {
        List<String> absent = new ArrayList<>();
        for (String part : expected.alternatives().get(0)) {
            Optional<String> found = prefixed(part, checkpoint);
            found.ifPresent(unused::remove); // one line for each cause
            if (found.isEmpty()) {
                absent.add(likelyPrefix(checkpoint) + part);
            }
        }
        absent.forEach(name -> report.missing(name + " (for " + expected.name() + " " + expected.shape() + ")"));
    }

    /** Prefix for the name of a missing tensor: the first under which the checkpoint contains anything. */
    private String likelyPrefix(Checkpoint checkpoint) {
        return prefixes.stream()
                .filter(prefix -> checkpoint.names().stream().anyMatch(name -> name.startsWith(prefix)))
                .findFirst()
                .orElse(prefixes.get(0));
    }

    private boolean isIgnored(String name) {
        return prefixes.stream()
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .anyMatch(rest -> ignored.stream()
                        .anyMatch(p ->
                                p.matcher(rest).matches() || p.matcher(name).matches()));
    }

    /** Collects expectations; not thread-safe. */
    public static final class Builder {
        private List<String> prefixes = List.of("");
        private final List<Pattern> ignored = new ArrayList<>();
        private final Map<String, Expectation> expectations = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Sets prefixes that a checkpoint may add to any of its names; they are tried in this order for each tensor, and the
         * empty one last. The same weights are {@code vit.layernorm.weight} in a classifier and {@code layernorm.weight} in a
         * bare backbone.
         *
         * @return this builder
         */
        public Builder prefixes(String... alternatives) {
            List<String> all = new ArrayList<>(List.of(alternatives));
            all.remove("");
            all.add("");
            this.prefixes = all;
            return this;
        }

        /**
         * Sets names of tensors that a checkpoint may contain and the model deliberately ignores, after a prefix or complete.
         *
         * @param patterns names in which {@code *} stands for any characters
         * @return this builder
         */
        public Builder ignore(String... patterns) {
            for (String pattern : patterns) {
                String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
                ignored.add(Pattern.compile(regex, Pattern.DOTALL));
            }
            return this;
        }

        /**
         * Expects a parameter; the result defines its source.
         *
         * @param name name in the model
         * @param shape shape in the model
         * @throws IllegalArgumentException when the name is taken
         */
        public Expectation expect(String name, Shape shape) {
            Expectation expectation = new Expectation(name, shape);
            if (expectations.putIfAbsent(name, expectation) != null) {
                throw new IllegalArgumentException("a parameter may be expected once, got '" + name + "' again");
            }
            return expectation;
        }

        /**
         * Builds the map.
         *
         * @throws IllegalArgumentException when an expectation does not define the source of its values
         */
        public NameMap build() {
            return new NameMap(this);
        }
    }
}
