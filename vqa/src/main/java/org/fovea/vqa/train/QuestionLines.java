package org.fovea.vqa.train;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fovea.core.data.DataLists;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.ImageNotes;
import org.fovea.core.data.JsonRows.Row;

/** Objects of a list, a question each. */
record QuestionLines(DataLists.Place list, ImageNotes<AnsweredQuestion> notes) implements Consumer<Row> {
    @Override
    public void accept(Row row) {
        notes.add(
                row,
                row.optionalText("split").or(list::split).orElse(DataSplits.UNDIVIDED),
                row.text("image"),
                Stream.of(list.folder(), list.folder() + "images/"),
                List.of(new AnsweredQuestion(
                        row.text("question"),
                        answers(row),
                        row.optionalText("question_type").orElse(""),
                        row.optionalText("answer_type").orElse(""))));
    }

    private static List<String> answers(Row row) {
        List<String> answers = row.value().has("answers") ? row.texts("answers") : List.of(row.text("answer"));
        return checked(row, answers);
    }

    /** Checks that no answer is missing or blank. */
    static List<String> checked(Row row, List<String> answers) {
        if (answers.isEmpty()) {
            throw row.error("must have at least 1 answer, got none; add one, or remove the question");
        }
        if (answers.stream().anyMatch(String::isBlank)) {
            throw row.error(
                    "an answer must have a word, got '" + String.join("', '", answers) + "'; complete or remove it");
        }
        return answers;
    }
}
