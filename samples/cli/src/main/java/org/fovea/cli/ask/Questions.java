package org.fovea.cli.ask;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.image.ImageException;

/**
 * The questions of a run.
 *
 * @param ofAll questions about every image
 * @param ofEach questions by image; empty if all images have the same questions
 */
record Questions(List<String> ofAll, Map<String, List<String>> ofEach) {
    /** Questions about an image. */
    List<String> about(String file) {
        if (ofEach.isEmpty()) {
            return ofAll;
        }
        List<String> own = ofEach.get(file);
        if (own == null) {
            throw new ImageException(file, "it has no question of its own; name a file, not a folder");
        }
        return own;
    }

    /** Number of questions about an image. */
    int count(String file) {
        return ofEach.isEmpty()
                ? ofAll.size()
                : ofEach.getOrDefault(file, List.of()).size();
    }

    /** All questions, each once. */
    Stream<String> all() {
        return Stream.concat(ofAll.stream(), ofEach.values().stream().flatMap(List::stream))
                .distinct();
    }
}
