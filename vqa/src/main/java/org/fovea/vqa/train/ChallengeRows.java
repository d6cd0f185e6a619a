package org.fovea.vqa.train;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fovea.core.data.DataFiles;
import org.fovea.core.data.DataLists;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.ImageNotes;
import org.fovea.core.data.JsonRows;
import org.fovea.core.data.JsonRows.Row;

/**
 * Questions and annotations as the VQA challenge publishes them, in two files of one subset.
 *
 * @see <a href="https://visualqa.org/vqa_v1_challenge.html">Formats of the VQA challenge</a>
 */
final class ChallengeRows {
    private static final Pattern QUESTIONS = Pattern.compile("([a-z]+)(\\d{4})_questions\\.json$");
    private static final String QUESTION = "{\"image_id\": 42, \"question\": \"…\", \"question_id\": 42000}";
    private static final String ANNOTATION = "{\"question_id\": 42000, \"answers\": [{\"answer\": \"…\"}]}";

    private final String split;
    private final String subset;
    private final DataLists.Place list;
    private final ImageNotes<AnsweredQuestion> notes;
    private final Map<Long, Row> annotations = new HashMap<>();

    private ChallengeRows(DataLists.Place list, ImageNotes<AnsweredQuestion> notes) {
        Matcher name = QUESTIONS.matcher(list.path());
        name.find();
        this.split = list.split().orElse(name.group(1));
        this.subset = name.group(1) + name.group(2);
        this.list = list;
        this.notes = notes;
    }

    /** Returns whether a file name is that of a file of questions. */
    static boolean isQuestions(String path) {
        return QUESTIONS.matcher(path).find();
    }

    /**
     * Reads a file of questions and the file of annotations that belongs to it.
     *
     * @throws DataSetException when one of them is wrong or missing
     */
    static void read(DataFiles files, DataLists.Place list, ImageNotes<AnsweredQuestion> notes) {
        ChallengeRows rows = new ChallengeRows(list, notes);
        String end = rows.subset + "_annotations.json";
        String answers = files.names(list.folder()).stream()
                .filter(name -> name.endsWith(end))
                .findFirst()
                .orElseThrow(() -> new DataSetException(files.name(list.path())
                        + ": needs the answers beside it, a file" + " …_" + end + ", got none; download it too"));
        rows.read(files, list.folder() + answers, "annotations", ANNOTATION, rows::annotation);
        rows.read(files, list.path(), "questions", QUESTION, rows::question);
    }

    private void read(DataFiles files, String path, String key, String form, Consumer<Row> rows) {
        try (InputStream text = files.stream(path)) {
            JsonRows.array(files.name(path), text, key, form, rows);
        } catch (IOException e) {
            throw AnswerData.unreadable(files, path, e);
        }
    }

    private void annotation(Row row) {
        annotations.put(number(row, "question_id"), row);
    }

    private void question(Row row) {
        Row annotation = annotations.get(number(row, "question_id"));
        if (annotation == null) {
            throw row.error("the question must have its annotation, got none of \"question_id\" "
                    + number(row, "question_id") + "; take both files of one version");
        }
        List<String> answers = annotation.rows("answers").stream()
                .map(answer -> answer.text("answer"))
                .toList();
        String image = String.format(Locale.ROOT, "COCO_%s_%012d.jpg", subset, number(row, "image_id"));
        notes.add(
                row,
                split,
                image,
                Stream.of("", subset + "/", "images/", "images/" + subset + "/").map(list.folder()::concat),
                List.of(new AnsweredQuestion(
                        row.text("question"),
                        QuestionLines.checked(annotation, answers),
                        annotation.optionalText("question_type").orElse(""),
                        annotation.optionalText("answer_type").orElse(""))));
    }

    private static long number(Row row, String key) {
        if (!row.value().path(key).isIntegralNumber()) {
            throw row.error("must give a whole number as \"" + key + "\", got "
                    + (row.value().has(key) ? row.value().get(key).toString() : "none"));
        }
        return row.value().get(key).asLong();
    }
}
