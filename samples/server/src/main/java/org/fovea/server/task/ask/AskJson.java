package org.fovea.server.task.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.task.AttentionJson;
import org.fovea.vqa.Answer;
import org.fovea.vqa.AnswerExplanation;
import org.fovea.vqa.Answers;
import org.fovea.vqa.QuestionWord;

/** Answers as JSON. */
final class AskJson {
    /** An explanation and the image that it is about. */
    record Explained(AnswerExplanation why, RgbImage image) {}

    private AskJson() {}

    static List<Object> of(Answers answers) {
        List<Object> out = new ArrayList<>();
        for (Answer answer : answers.all()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("answer", answer.text());
            entry.put("score", answer.score());
            if (out.isEmpty() && !answers.unknownWords().isEmpty()) {
                entry.put("unknown_words", answers.unknownWords());
            }
            out.add(entry);
        }
        return out;
    }

    static List<Object> of(Explained explained) {
        AnswerExplanation why = explained.why();
        List<Object> out = of(why.answers());
        Map<String, Object> first = new LinkedHashMap<>();
        ((Map<?, ?>) out.get(0)).forEach((name, value) -> first.put((String) name, value));
        first.put("attention", AttentionJson.of(why.map(), why.geometry(), explained.image()));
        List<Tensor> maps = why.wordMaps();
        List<Object> words = new ArrayList<>();
        for (QuestionWord word : why.words()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("text", word.text());
            entry.put("weight", word.weight());
            if (!maps.isEmpty()) {
                entry.put("attention", AttentionJson.of(maps.get(words.size()), why.geometry(), explained.image()));
            }
            words.add(entry);
        }
        first.put("words", words);
        out.set(0, first);
        return out;
    }
}
