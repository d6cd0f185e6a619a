package org.fovea.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.fovea.cli.terminal.Table;
import org.fovea.vqa.metric.VqaAccuracy;

/** Shows the accuracy of answers, in percent. */
public final class AnswerScoreView {
    private AnswerScoreView() {}

    /** Adds a row for all answers, and one for each named type. */
    public static void rows(Table table, VqaAccuracy accuracy) {
        table.row("overall", number(accuracy.overall()));
        named(accuracy.byAnswerType()).forEach((type, value) -> table.row("answer type " + type, number(value)));
        named(accuracy.byQuestionType()).forEach((type, value) -> table.row("question type " + type, number(value)));
    }

    /** Writes the fields {@code overall}, {@code per_answer_type} and {@code per_question_type} of an object. */
    public static void fields(JsonGenerator json, VqaAccuracy accuracy) throws IOException {
        json.writeNumberField("overall", accuracy.overall());
        write(json, "per_answer_type", accuracy.byAnswerType());
        write(json, "per_question_type", accuracy.byQuestionType());
    }

    private static void write(JsonGenerator json, String field, Map<String, Double> parts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Double> part : named(parts).entrySet()) {
            json.writeNumberField(part.getKey(), part.getValue());
        }
        json.writeEndObject();
    }

    /** Accuracies of the named types, sorted. */
    private static Map<String, Double> named(Map<String, Double> parts) {
        Map<String, Double> out = new TreeMap<>(parts);
        out.remove("");
        return out;
    }

    private static String number(double percent) {
        return String.format(Locale.ROOT, "%.2f", percent);
    }
}
