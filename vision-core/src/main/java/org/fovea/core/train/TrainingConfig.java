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
     * Creates a configuration with the default of every key.
     *
     * @param keys keys of the task, in the order in which files list them
     */
    public static TrainingConfig of(List<ConfigKey<?>> keys) {
        Map<ConfigKey<?>, Object> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, key.initial()));
        return new TrainingConfig(values);
    }

    /**
     * Copy with the values of a file.
     *
     * @throws TrainingConfigException when it is not a JSON object, or has an unknown key or a value that breaks its rule
     * @throws IOException when it cannot be read
     */
    public TrainingConfig read(Path file) throws IOException {
        TrainingConfig out = this;
        for (var entry : tree(file).entrySet()) {
            out = out.with(file.toString(), entry.getKey(), plain(entry.getValue()));
        }
        return out;
    }

    /** Reads the values of a file. */
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

    /** Converts a value to the form that keys accept and errors show. */
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
     * Copy with a value for a key given by name.
     *
     * @param source source of the value, for errors
     * @param value string, number, boolean or list of numbers
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

    /** Copy with the default of every key. */
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
     * Copy with another value.
     *
     * @throws TrainingConfigException when the value breaks the key's rule
     */
    public <T> TrainingConfig with(ConfigKey<T> key, T value) {
        return with("the recipe", key, value);
    }

    /**
     * Copy with a value given as text, as on a command line.
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
    @SuppressWarnings("unchecked") // the key itself has accepted the value
    public <T> T get(ConfigKey<T> key) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("TrainingConfig: the key must be one of the task's, got " + key.name());
        }
        return (T) values.get(key);
    }

    /**
     * Value of a key if it differs from the key's default.
     *
     * @throws IllegalArgumentException when the task has no such key
     */
    public <T> Optional<T> changed(ConfigKey<T> key) {
        return Optional.of(get(key)).filter(value -> !value.equals(key.initial()));
    }

    /** Configuration as JSON with every key, in a fixed order. */
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

    /** Configuration as in {@link #json}. */
    @Override
    public String toString() {
        return json();
    }
}
