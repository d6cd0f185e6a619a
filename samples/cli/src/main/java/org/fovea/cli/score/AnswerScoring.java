package org.fovea.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.cli.terminal.FailureException;
import org.fovea.cli.terminal.JsonLines;
import org.fovea.cli.terminal.Table;
import org.fovea.core.io.JsonText;
import org.fovea.vqa.metric.JudgedAnswer;
import org.fovea.vqa.metric.VqaAccuracy;

/** The work of {@code fovea score answers}. */
final class AnswerScoring {
    private static final String FORM =
            "{\"answers\": [\"…\"], \"answer_type\": \"…\", \"question_type\": \"…\", \"predicted\": \"…\"}";

    private AnswerScoring() {}

    /** The text to print of a file's accuracy. */
    static String run(String file, boolean json) throws IOException {
        List<JudgedAnswer> answers = new JsonLines(file, "question", FORM).read(AnswerScoring::answer);
        VqaAccuracy accuracy = VqaAccuracy.of(answers);
        return json ? JsonText.line(out -> write(out, accuracy)) + System.lineSeparator() : table(accuracy);
    }

    private static JudgedAnswer answer(JsonLines.Line line) {
        List<String> people = line.texts("answers");
        if (people.size() < 2) {
            throw new FailureException(
                    line.place() + " must have the answers of at least 2 people, got " + people.size());
        }
        return new JudgedAnswer(
                people,
                line.optionalText("answer_type").orElse(""),
                line.optionalText("question_type").orElse(""),
                line.text("predicted"));
    }

    private static void write(JsonGenerator json, VqaAccuracy accuracy) throws IOException {
        json.writeStartObject();
        json.writeNumberField("overall", accuracy.overall());
        write(json, "per_answer_type", accuracy.byAnswerType());
        write(json, "per_question_type", accuracy.byQuestionType());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Map<String, Double> parts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Double> part : named(parts).entrySet()) {
            json.writeNumberField(part.getKey(), part.getValue());
        }
        json.writeEndObject();
    }

    private static String table(VqaAccuracy accuracy) {
        Table table = new Table(1);
        table.row("overall", number(accuracy.overall()));
        named(accuracy.byAnswerType()).forEach((type, value) -> table.row("answer type " + type, number(value)));
        named(accuracy.byQuestionType()).forEach((type, value) -> table.row("question type " + type, number(value)));
        return table.toString();
    }

    /** The types that have a name, sorted. */
    private static Map<String, Double> named(Map<String, Double> parts) {
        Map<String, Double> out = new TreeMap<>(parts);
        out.remove("");
        return out;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
