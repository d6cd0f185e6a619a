package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.Nearest;
import org.fovea.core.io.JsonReader;
import org.fovea.core.io.JsonText;

/**
 * Everything that decides a training run but the data, in words: a value for each key of a task; immutable. {@link TrainingKeys}
 * and {@link AugmentationKeys} are those that tasks share.
 *
 * <p>As a file, a recipe, it is one JSON object; a key that it leaves out has its usual value.
 */
public final class TrainingConfig {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private final Map<ConfigKey<?>, Object> values;

    private TrainingConfig(Map<ConfigKey<?>, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * The usual value of every key.
     *
     * @param keys of the task, in the order in which files list them
     */
    public static TrainingConfig of(List<ConfigKey<?>> keys) {
        Map<ConfigKey<?>, Object> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, key.initial()));
        return new TrainingConfig(values);
    }

    /**
     * This configuration with the values of a file.
     *
     * @throws TrainingConfigException when it is no JSON object, has a key that there is not, or a value that breaks its rule
     * @throws IOException when it cannot be read
     */
    public TrainingConfig read(Path file) throws IOException {
        TrainingConfig out = this;
        for (var entry : tree(file).entrySet()) {
            out = out.with(file.toString(), entry.getKey(), plain(entry.getValue()));
        }
        return out;
    }

    /** The values of a file. */
    static Map<String, Object> tree(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try {
            return JsonReader.readTree(file, "A recipe is one JSON object such as {\"epochs\": 100}.");
        } catch (ModelFormatException e) {
            throw new TrainingConfigException(e.getMessage(), e);
        }
    }

    /** The value as keys take it, and errors show it. */
    private static Object plain(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(TrainingConfig::plain).toList();
        }
        if (value == null || value instanceof Map) {
            return value == null ? "null" : "an object";
        }
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }

    /**
     * This configuration with a value by the key's name.
     *
     * @param source of the value, as errors name it
     * @param value a string, number, truth value or list of numbers
     * @throws TrainingConfigException when there is no such key, or the value breaks its rule
     */
    public TrainingConfig with(String source, String name, Object value) {
        List<String> known = values.keySet().stream().map(ConfigKey::name).toList();
        ConfigKey<?> key = values.keySet().stream()
                .filter(k -> k.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TrainingConfigException(source + ": a recipe has no key \"" + name
                        + "\". Did you mean \"" + Nearest.of(name, known) + "\"? The keys are " + known));
        return with(source, key, value);
    }

    /** The usual value of every key of this configuration. */
    TrainingConfig usual() {
        return of(List.copyOf(values.keySet()));
    }

    private TrainingConfig with(String source, ConfigKey<?> key, Object value) {
        Map<ConfigKey<?>, Object> changed = new LinkedHashMap<>(values);
        changed.put(
                key,
                key.accept()
                        .apply(value)
                        .orElseThrow(() -> new TrainingConfigException(
                                source + ": \"" + key.name() + "\" must be " + key.rule() + ", got " + value)));
        return new TrainingConfig(changed);
    }

    /**
     * This configuration with another value.
     *
     * @throws TrainingConfigException when the value breaks the key's rule
     */
    public <T> TrainingConfig with(ConfigKey<T> key, T value) {
        return with("the recipe", key, value);
    }

    /**
     * This configuration with a value in words, as on a command line.
     *
     * @throws TrainingConfigException when there is no such key, or the value breaks its rule
     */
    public TrainingConfig set(String key, String value) {
        List<Object> parsed =
                Arrays.stream(value.split(",")).map(TrainingConfig::parse).toList();
        return with("--set", key, parsed.size() == 1 ? parsed.get(0) : parsed);
    }

    private static Object parse(String word) {
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        return NUMBER.matcher(word).matches() ? Double.valueOf(word) : word;
    }

    /**
     * The value of a key.
     *
     * @throws IllegalArgumentException when the task has no such key
     */
    @SuppressWarnings("unchecked") // only what the key itself accepted is kept
    public <T> T get(ConfigKey<T> key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("TrainingConfig: the key must be one of the task's, got " + key.name());
        }
        return (T) values.get(key);
    }

    /**
     * The value of a key where it differs from the key's initial one.
     *
     * @throws IllegalArgumentException when the task has no such key
     */
    public <T> Optional<T> changed(ConfigKey<T> key) {
        return Optional.of(get(key)).filter(value -> !value.equals(key.initial()));
    }

    /** The configuration as JSON with every key, in a fixed order. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        values.forEach((key, value) -> all.put(key.name(), value));
        return JsonText.of(all);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TrainingConfig r && r.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@link #json}. */
    @Override
    public String toString() {
        return json();
    }
}
