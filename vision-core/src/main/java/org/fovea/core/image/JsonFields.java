package org.fovea.core.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.core.ModelFormatException;

/** The fields of a JSON object in a file; a field that is absent or null takes a default. */
final class JsonFields {
    private final Path file;
    private final JsonNode node;

    private JsonFields(Path file, JsonNode node) {
        this.file = file;
        this.node = node;
    }

    static JsonFields read(Path file) {
        try {
            JsonNode root = JsonTree.read(Files.readString(file));
            if (root == null || !root.isObject()) {
                throw new ModelFormatException(file + ": must hold a JSON object; copy or download the file again");
            }
            return new JsonFields(file, root);
        } catch (JsonProcessingException e) {
            throw new ModelFormatException(
                    file + ": must be valid JSON, got an error at " + at(e) + ": " + e.getOriginalMessage()
                            + "; copy or download the file again",
                    e);
        } catch (IOException e) {
            throw new ModelFormatException(file + ": cannot be read: " + e, e);
        }
    }

    private static String at(JsonProcessingException e) {
        return e.getLocation() == null ? "its end" : "line " + e.getLocation().getLineNr();
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** The fields of the object under a key. */
    JsonFields object(String key) {
        if (!node.path(key).isObject()) {
            throw wrong(key, "be an object");
        }
        return new JsonFields(file, node.get(key));
    }

    boolean isObject(String key) {
        return node.path(key).isObject();
    }

    boolean isText(String key) {
        return node.path(key).isTextual();
    }

    String text(String key, String otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!isText(key)) {
            throw wrong(key, "be a text");
        }
        return node.get(key).textValue();
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!node.get(key).isBoolean()) {
            throw wrong(key, "be true or false");
        }
        return node.get(key).booleanValue();
    }

    double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!node.get(key).isNumber() || !Double.isFinite(node.get(key).doubleValue())) {
            throw wrong(key, "be a number");
        }
        return node.get(key).doubleValue();
    }

    /** A whole number from 1 to 65,536, the sizes that images and models have. */
    int pixels(String key) {
        return pixels(key, node.path(key));
    }

    int pixels(String key, int otherwise) {
        return has(key) ? pixels(key) : otherwise;
    }

    private int pixels(String key, JsonNode value) {
        boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
        if (!whole || value.doubleValue() < 1 || value.doubleValue() > 65536) {
            throw wrong(key, "be a whole number of pixels from 1 to 65536");
        }
        return value.intValue();
    }

    /** Whole numbers as {@link #pixels(String)}, of a list of this length. */
    List<Integer> pixelsList(String key, int length) {
        if (!node.path(key).isArray() || node.get(key).size() != length) {
            throw wrong(key, "be a list of " + length + " whole numbers");
        }
        List<Integer> out = new ArrayList<>();
        node.get(key).forEach(v -> out.add(pixels(key, v)));
        return out;
    }

    /** One number per channel; a single number stands for all three. */
    List<Double> channels(String key, List<Double> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = node.get(key);
        if (value.isNumber()) {
            return List.of(value.doubleValue(), value.doubleValue(), value.doubleValue());
        }
        List<Double> out = new ArrayList<>();
        value.forEach(v -> out.add(v.isNumber() ? v.doubleValue() : Double.NaN));
        if (!value.isArray()
                || (out.size() != 3 && out.size() != 1)
                || !out.stream().allMatch(Double::isFinite)) {
            throw wrong(key, "be a number, or a list of 3 numbers (colour) or 1 (grey)");
        }
        return List.copyOf(out);
    }

    /** A filter by Pillow's code or by name. */
    Resampling resampling(String key, Resampling otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = node.get(key);
        try {
            return value.isTextual()
                    ? Resampling.ofName(value.textValue())
                    : Resampling.ofCode(value.canConvertToInt() ? value.intValue() : -1);
        } catch (IllegalArgumentException e) {
            throw wrong(key, "be a Pillow filter: 0 nearest, 1 lanczos, 2 bilinear, 3 bicubic, 4 box or 5 hamming");
        }
    }

    /** An error about a key, with the actual value. */
    ModelFormatException wrong(String key, String rule) {
        JsonNode value = node.get(key);
        return new ModelFormatException(file + ": " + key + " must " + rule + ", got "
                + (value == null ? "nothing" : value.toString()) + "; correct the file or download it again");
    }
}
