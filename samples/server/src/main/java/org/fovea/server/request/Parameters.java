package org.fovea.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.fovea.core.config.Nearest;

/**
 * Parameters of a request, from its query, its form or its JSON; immutable. A value is text, an array JSON.
 *
 * @param values values by name; a repeated name has several
 */
public record Parameters(Map<String, List<String>> values) {
    /** Copies the values. */
    public Parameters {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        values = java.util.Collections.unmodifiableMap(copy);
    }

    /** No parameters. */
    public static Parameters none() {
        return new Parameters(Map.of());
    }

    /** Reads the members of a JSON object; a null counts as absent. */
    public static Parameters of(JsonNode object) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (!value.isNull()) {
                all.put(member.getKey(), List.of(value.isContainerNode() ? value.toString() : value.asText()));
            }
        });
        return new Parameters(all);
    }

    /** Merges these parameters with others, which take precedence. */
    public Parameters with(Parameters others) {
        Map<String, List<String>> all = new LinkedHashMap<>(values);
        all.putAll(others.values);
        return new Parameters(all);
    }

    /**
     * Checks that all parameters are known.
     *
     * @throws ApiException when one is unknown; the message names the closest known one
     */
    public void checkNames(Collection<Parameter> known) {
        List<String> names = known.stream().map(Parameter::name).toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw ApiException.badRequest("there is no parameter \"" + Shown.of(name) + "\" here, did you mean \""
                        + Nearest.of(Shown.of(name), names) + "\"? There are " + String.join(", ", names));
            }
        }
    }

    /** Value of a text parameter. */
    public Optional<String> text(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw ApiException.badRequest(name + " must be given once, got " + all.size() + " values");
        }
        return all.stream().findFirst();
    }

    /** Value of an integer parameter. */
    public OptionalInt integer(String name, int least, int most) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(value.get().strip());
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // same message as for a value out of range
        }
        throw ApiException.badRequest(
                name + " must be a whole number from " + least + " to " + most + ", got " + Shown.of(value.get()));
    }

    /** Value of a number parameter. */
    public OptionalDouble number(String name, double least, double most) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(value.get().strip());
            if (number >= least && number <= most) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException e) {
            // same message as for a value out of range
        }
        throw ApiException.badRequest(
                name + " must be a number from " + least + " to " + most + ", got " + Shown.of(value.get()));
    }

    /** Value of a boolean parameter. */
    public Optional<Boolean> flag(String name) {
        return text(name).map(value -> switch (value.strip()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw ApiException.badRequest(name + " must be true, false, 1 or 0, got " + Shown.of(value));
        });
    }

    /** Texts of a list parameter: a repeated field, or a JSON array. */
    public List<String> texts(String name) {
        List<String> out = new ArrayList<>();
        for (String value : values.getOrDefault(name, List.of())) {
            if (value.strip().startsWith("[")) {
                JsonTree.array(name, value).forEach(each -> out.add(each.asText()));
            } else {
                out.add(value);
            }
        }
        return out;
    }

    /** Rows of numbers of a list parameter: a JSON array of arrays. */
    public List<List<Double>> rows(String name, int least, int most) {
        String rule = name + " must be a JSON array of arrays of " + least + (least == most ? "" : " to " + most)
                + " numbers";
        Optional<String> value = text(name);
        List<List<Double>> out = new ArrayList<>();
        for (JsonNode row : value.<Iterable<JsonNode>>map(text -> JsonTree.array(name, text))
                .orElse(List.of())) {
            if (!row.isArray() || row.size() < least || row.size() > most) {
                throw ApiException.badRequest(rule + ", got " + Shown.of(value.orElse("")));
            }
            List<Double> numbers = new ArrayList<>();
            for (JsonNode number : row) {
                if (!number.isNumber()) {
                    throw ApiException.badRequest(rule + ", got " + Shown.of(value.orElse("")));
                }
                numbers.add(number.asDouble());
            }
            out.add(numbers);
        }
        return out;
    }
}
