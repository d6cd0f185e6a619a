package org.fovea.core.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.config.ConfigFile;

/** The names of classes or answers in a {@code config.json}. */
public final class Labels {
    private Labels() {}

    /** Reads {@code id2label}: an object whose keys are 0 to K - 1, in any order. */
    public static Optional<List<String>> read(ConfigFile config) {
        return config.object("id2label").filter(o -> !o.keys().isEmpty()).map(names -> IntStream.range(
                        0, names.keys().size())
                .mapToObj(Integer::toString)
                .map(id -> names.required(id, names.text(id)))
                .toList());
    }

    /** Content of the keys {@code id2label} and {@code label2id}. */
    public static Map<String, Object> keys(List<String> labels) {
        Map<String, Object> byId = new LinkedHashMap<>();
        Map<String, Object> byLabel = new LinkedHashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            byId.put(Integer.toString(i), labels.get(i));
            byLabel.put(labels.get(i), i);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id2label", byId);
        out.put("label2id", byLabel);
        return out;
    }

    /** Default names for classes without names in a checkpoint: {@code class 17}. */
    public static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
    }
}
