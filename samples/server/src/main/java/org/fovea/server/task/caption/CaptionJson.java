package org.fovea.server.task.caption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.fovea.captioning.Caption;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.CaptionWord;
import org.fovea.captioning.Captions;
import org.fovea.server.task.AttentionJson;

/** Captions as JSON. */
final class CaptionJson {
    private CaptionJson() {}

    static List<Object> of(Captions captions) {
        return captions.all().stream()
                .map(each -> of(each, word -> Optional.empty()))
                .toList();
    }

    /** JSON of captions, the first of which has attention maps. */
    static List<Object> of(CaptionExplanation why) {
        return why.captions().all().stream()
                .map(each -> of(
                        each,
                        word -> each == why.caption()
                                ? Optional.of(AttentionJson.of(why.map(word), why.geometry(), why.image()))
                                : Optional.empty()))
                .toList();
    }

    private static Object of(Caption caption, IntFunction<Optional<Map<String, Object>>> maps) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("generated_text", caption.text());
        out.put("score", caption.score());
        out.put(
                "words",
                IntStream.range(0, caption.words().size())
                        .<Object>mapToObj(i -> word(caption.words().get(i), maps.apply(i)))
                        .toList());
        return out;
    }

    static Map<String, Object> word(CaptionWord word, Optional<Map<String, Object>> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("text", word.text());
        out.put("log_probability", word.logProbability());
        map.ifPresent(attention -> out.put("attention", attention));
        return out;
    }
}
