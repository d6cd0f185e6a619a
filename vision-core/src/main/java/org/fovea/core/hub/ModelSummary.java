package org.fovea.core.hub;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model described by itself.
 *
 * @param rows rows for people, with a heading and a text each
 * @param facts facts for programs: strings, numbers and booleans
 */
public record ModelSummary(Map<String, String> rows, Map<String, Object> facts) {
    private static final int SHOWN = 5;

    /** Copies the maps. */
    public ModelSummary {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** Creates an empty summary. */
    public static ModelSummary empty() {
        return new ModelSummary(Map.of(), Map.of());
    }

    /** Copy with one more row. */
    public ModelSummary row(String heading, String text) {
        Map<String, String> more = new LinkedHashMap<>(rows);
        more.put(heading, text);
        return new ModelSummary(more, facts);
    }

    /** Copy with the size of the images that the model processes. */
    public ModelSummary image(int channels, int height, int width) {
        return row("image", height + " x " + width + " pixels, " + channels + " channels")
                .fact("image_height", height)
                .fact("image_width", width)
                .fact("channels", channels);
    }

    /**
     * Copy with a list, of which people see the first entries.
     *
     * @param names names; may be empty if they are unknown
     */
    public ModelSummary list(String heading, int count, List<String> names) {
        String some = String.join("; ", names.subList(0, Math.min(SHOWN, names.size())));
        String more = names.size() > SHOWN ? "; …" : "";
        return row(heading, count + (names.isEmpty() ? "" : ": " + some + more)).fact(heading, count);
    }

    /** Copy with one more fact. */
    public ModelSummary fact(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(key, value);
        return new ModelSummary(rows, more);
    }
}
