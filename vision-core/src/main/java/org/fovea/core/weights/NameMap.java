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

    /** Collects expectations. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Finds every expected parameter in a checkpoint; reads none.
     *
     * @param checkpoint taken over: closed with the parameters, or here when they do not fit
     * @throws org.fovea.core.ModelFormatException listing all tensors that are missing, that nothing expects, or whose
     *     shape or type is wrong
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

    /** The checkpoint's names of the first alternative whose parts are all there. */
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
            found.ifPresent(unused::remove); // one cause, one line
            if (found.isEmpty()) {
                absent.add(likelyPrefix(checkpoint) + part);
            }
        }
        absent.forEach(name -> report.missing(name + " (for " + expected.name() + " " + expected.shape() + ")"));
    }

    /** The prefix to name a missing tensor with: the first under which the checkpoint holds anything. */
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
         * Prefixes that a checkpoint may put before any of its names, tried in this order for each tensor; the empty
         * one is tried last in any case. The same weights are {@code vit.layernorm.weight} in a classifier and
         * {@code layernorm.weight} in a bare backbone.
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
         * Names that a checkpoint may hold and the model knowingly does not use, after a prefix or in full.
         *
         * @param patterns each a name in which {@code *} stands for any characters
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
         * Expects a parameter; its source is stated on what this returns.
         *
         * @param name the model's own name
         * @param shape the shape the model wants
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
         * The map.
         *
         * @throws IllegalArgumentException when an expectation does not say where its values come from
         */
        public NameMap build() {
            return new NameMap(this);
        }
    }
}
