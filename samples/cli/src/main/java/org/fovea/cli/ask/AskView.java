package org.fovea.cli.ask;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.cli.images.ResultView;
import org.fovea.vqa.Answer;
import org.fovea.vqa.Answers;

/** Shows a row for each answer, lines and a JSON object {@code {"question", "answers"}} for each question. */
record AskView(Questions questions) implements ResultView<List<Answers>> {
    @Override
    public List<String> columns() {
        return List.of("question", "rank", "answer", "score");
    }

    @Override
    public List<List<Object>> rows(List<Answers> result) {
        List<List<Object>> rows = new ArrayList<>();
        for (Answers answers : result) {
            for (int i = 0; i < answers.all().size(); i++) {
                Answer answer = answers.all().get(i);
                rows.add(List.of(answers.question(), i + 1, answer.text(), answer.score()));
            }
        }
        return rows;
    }

    @Override
    public void writeFields(JsonGenerator json, List<Answers> result) throws IOException {
        for (Answers answers : result) {
            write(json, answers);
        }
    }

    @Override
    public List<Fields> objects(List<Answers> result) {
        return result.stream()
                .<Fields>map(answers -> json -> write(json, answers))
                .toList();
    }

    @Override
    public int objectsOf(String file) {
        return questions.count(file);
    }

    private static void write(JsonGenerator json, Answers answers) throws IOException {
        json.writeStringField("question", answers.question());
        json.writeArrayFieldStart("answers");
        for (Answer answer : answers.all()) {
            json.writeStartObject();
            json.writeStringField("answer", answer.text());
            json.writeNumberField("score", answer.score());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (!answers.unknownWords().isEmpty()) {
            json.writeArrayFieldStart("unknown_words");
            for (String word : answers.unknownWords()) {
                json.writeString(word);
            }
            json.writeEndArray();
        }
    }

    @Override
    public List<String> lines(List<Answers> result) {
        return result.stream().flatMap(answers -> lines(answers).stream()).toList();
    }

    /** Lines about one question. */
    static List<String> lines(Answers answers) {
        List<String> lines = new ArrayList<>();
        if (answers.all().size() == 1) {
            lines.add(answers.question() + "  " + text(answers.best()));
        } else {
            lines.add(answers.question());
            answers.all().forEach(answer -> lines.add("  " + text(answer)));
        }
        if (!answers.unknownWords().isEmpty()) {
            lines.add("  (words that the model does not know: " + String.join(", ", answers.unknownWords()) + ")");
        }
        return lines;
    }

    private static String text(Answer answer) {
        return String.format(Locale.ROOT, "%s (%.1f %%)", answer.text(), 100 * answer.score());
    }
}
