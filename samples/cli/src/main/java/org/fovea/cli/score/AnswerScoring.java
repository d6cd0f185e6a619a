package org.fovea.cli.score;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
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

    /** Text of a file's accuracy. */
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
        AnswerScoreView.fields(json, accuracy);
        json.writeEndObject();
    }

    private static String table(VqaAccuracy accuracy) {
        Table table = new Table(1);
        AnswerScoreView.rows(table, accuracy);
        return table.toString();
    }
}
