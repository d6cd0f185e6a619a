package org.fovea.core.config;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.core.ModelFormatException;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.io.JsonReader;
import org.fovea.core.io.JsonText;

/**
 * One JSON object of a checkpoint's configuration, with a getter per kind of value; immutable.
 *
 * <p>A key that is absent or {@code null} is empty, as it is to the references. All getters throw
 * {@link ModelFormatException} when a value is of another type or out of its range.
 */
public final class ConfigFile {
    private static final String CURE = "Download the checkpoint's files again, all from one revision.";

    private final Path file;
    private final String path;
    private final Map<String, Object> values;

    private ConfigFile(Path file, String path, Map<String, Object> values) {
        this.file = file;
        this.path = path;
        this.values = values;
    }

    /**
     * Reads a file that holds one JSON object.
     *
     * @throws ModelFormatException when there is no such file, it cannot be read, or it is not one JSON object
     */
    public static ConfigFile read(Path file) {
        return new ConfigFile(file, "", JsonReader.readTree(file, CURE));
    }

    /** Wraps an object in memory, of strings, numbers, booleans, lists and maps; {@code file} names it in errors. */
    public static ConfigFile of(Path file, Map<String, ?> values) {
        Map<String, Object> tree = new LinkedHashMap<>();
        values.forEach((key, value) -> tree.put(key, asRead(value)));
        return new ConfigFile(file, "", Collections.unmodifiableMap(tree));
    }

    /** Copy with defaults for keys that are missing. */
    public ConfigFile withDefaults(Map<String, ?> defaults) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        defaults.forEach((key, value) -> {
            if (!has(key)) {
                all.put(key, asRead(value));
            }
        });
        return new ConfigFile(file, path, Collections.unmodifiableMap(all));
    }

    private static Object asRead(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> out = new LinkedHashMap<>();
            map.forEach((key, each) -> out.put(key, asRead(each)));
            return out;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ConfigFile::asRead).toList();
        }
        return value instanceof Integer whole ? BigInteger.valueOf(whole) : value;
    }

    /** Object without keys, for an optional one that a file omits; {@code path} names it in errors and ends in a dot. */
    public static ConfigFile empty(Path file, String path) {
        return new ConfigFile(file, path, Map.of());
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** All values in the file's order, in the types of {@link JsonReader#readTree}. */
    public Map<String, Object> values() {
        return values;
    }

    /** The keys, in the file's order. */
    public Set<String> keys() {
        return values.keySet();
    }

    /** Returns whether there is a value that is not {@code null}. */
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /** Returns whether the value is an object. */
    public boolean isObject(String key) {
        return values.get(key) instanceof Map;
    }

    /** Returns whether the value is an array. */
    public boolean isArray(String key) {
        return values.get(key) instanceof List;
    }

    /** Returns whether the value is a string. */
    public boolean isText(String key) {
        return values.get(key) instanceof String;
    }

    /** Value of a string key. */
    public Optional<String> text(String key) {
        return get(key, String.class, "a string");
    }

    /** Value of a boolean key. */
    public Optional<Boolean> flag(String key) {
        return get(key, Boolean.class, "true or false");
    }

    /** Value of an integer key, from {@code least} to {@code most}. */
    public Optional<Integer> integer(String key, int least, int most) {
        String rule = "a whole number from " + least + " to " + most;
        return get(key, Object.class, rule).map(v -> integer(key, v, least, most, rule));
    }

    /** Value of a number key, from {@code least} to {@code most}; 0 or representable as a normal float32. */
    public Optional<Double> number(String key, double least, double most) {
        String rule = "a number from " + least + " to " + most;
        return get(key, Number.class, rule).map(n -> number(key, n, least, most, rule));
    }

    /** Numbers in an array, with the rules of {@link #number}. */
    public Optional<List<Double>> numbers(String key, double least, double most) {
        String rule = "an array of numbers from " + least + " to " + most;
        return get(key, List.class, rule).map(list -> ((List<?>) list)
                .stream().map(v -> number(key, v, least, most, rule)).toList());
    }

    private double number(String key, Object value, double least, double most, String rule) {
        double d = value instanceof Number n ? n.doubleValue() : Double.NaN;
        if (!(d >= least && d <= most)) {
            throw wrong(key, rule, value);
        }
        if (d != 0 && Math.abs(d) < Float.MIN_NORMAL) { // would become 0, or lose its digits, in computations
            throw wrong(key, rule + ", 0 or at least " + Float.MIN_NORMAL + " in size as float32 takes it", value);
        }
        return d;
    }

    /** Size given as one number for a square or as {@code [height, width]}; returns both, height first. */
    public Optional<int[]> sides(String key, int least, int most) {
        String rule = "a whole number from " + least + " to " + most + " or two of them, [height, width]";
        return get(key, Object.class, rule).map(v -> {
            if (v instanceof List<?> pair) {
                if (pair.size() != 2) {
                    throw wrong(key, rule, v);
                }
                return new int[] {
                    integer(key, pair.get(0), least, most, rule), integer(key, pair.get(1), least, most, rule)
                };
            }
            int side = integer(key, v, least, most, rule);
            return new int[] {side, side};
        });
    }

    /** Integers in an array, from {@code least} to {@code most}. */
    public Optional<List<Integer>> integers(String key, int least, int most) {
        String rule = "an array of whole numbers from " + least + " to " + most;
        return get(key, List.class, rule).map(list -> ((List<?>) list)
                .stream().map(v -> integer(key, v, least, most, rule)).toList());
    }

    /** Strings in an array. */
    public Optional<List<String>> texts(String key) {
        String rule = "an array of strings";
        return get(key, List.class, rule).map(list -> ((List<?>) list)
                .stream()
                        .map(v -> {
                            if (v instanceof String s) {
                                return s;
                            }
                            throw wrong(key, rule, list);
                        })
                        .toList());
    }

    /** Object within this one; without keys if the file omits it. */
    public ConfigFile part(String key) {
        return object(key).orElseGet(() -> empty(file, path + key + "."));
    }

    /** Object within this one. */
    public Optional<ConfigFile> object(String key) {
        return get(key, Map.class, "an object").map(m -> {
            @SuppressWarnings("unchecked") // JsonReader creates no other maps
            Map<String, Object> map = (Map<String, Object>) m;
            return new ConfigFile(file, path + key + ".", map);
        });
    }

    /** Value of a required key. */
    public <T> T required(String key, Optional<T> value) {
        return value.orElseThrow(() -> error(key, "must be given", "none, only " + values.keySet(), CURE));
    }

    /**
     * Error for a value that is well-formed but wrong for the model.
     *
     * @param rule rule that must hold, such as {@code must be one of [...]}
     * @param cure advice in one sentence
     */
    public ModelFormatException error(String key, String rule, Object actual, String cure) {
        return FormatErrors.file(file, "\"" + path + key + "\" " + rule, actual, cure);
    }

    /**
     * Error for a value that breaks a rule of its key, with the value from the file.
     *
     * @param rule for the value, such as {@code true or false}
     */
    public ModelFormatException wrong(String key, String rule) {
        return error(key, "must be " + rule, has(key) ? JsonText.line(values.get(key)) : "nothing", CURE);
    }

    private int integer(String key, Object value, int least, int most, String rule) {
        BigInteger whole = null;
        if (value instanceof BigInteger b) {
            whole = b;
        } else if (value instanceof Double d && d == Math.rint(d) && Math.abs(d) <= Integer.MAX_VALUE) {
            whole = BigInteger.valueOf(d.longValue()); // 4.0, the way some tools write 4
        }
        if (whole == null
                || whole.compareTo(BigInteger.valueOf(least)) < 0
                || whole.compareTo(BigInteger.valueOf(most)) > 0) {
            throw wrong(key, rule, value);
        }
        return whole.intValue();
    }

    private <T> Optional<T> get(String key, Class<T> type, String rule) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrong(key, rule, value);
        }
        return Optional.of(type.cast(value));
    }

    private ModelFormatException wrong(String key, String rule, Object actual) {
        boolean text = actual instanceof String; // unescaped, since an escape would only obscure the value
        return error(key, "must be " + rule, text ? "\"" + actual + "\"" : JsonText.line(actual), CURE);
    }
}
