package org.fovea.vqa.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.fovea.core.data.DataFiles;
import org.fovea.core.data.DataLists;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.ImageNotes;
import org.fovea.core.data.JsonRows;
import org.fovea.core.data.JsonRows.Row;
import org.fovea.core.data.Splits;

/**
 * Images with questions and their answers, open as long as images are read. The list of them is one of
 *
 * <ul>
 *   <li>JSON lines <code>{"image": path, "question": "…", "answer": "…"}</code>, or {@code "answers"} of several people, perhaps with
 *       {@code "question_type"}, {@code "answer_type"} and {@code "split"}; or an array of such objects in a {@code .json} file;
 *   <li>the files of the VQA challenge, {@code …_train2014_questions.json} and {@code …_train2014_annotations.json} side by side,
 *       whose images are {@code COCO_train2014_000000000042.jpg};
 *   <li>a folder or zip file that holds {@code questions.jsonl}, {@code questions.json} or files of the challenge, or folders that
 *       do, each of which is a split.
 * </ul>
 *
 * <p>Paths of images are relative to the list's folder, or to {@code images/} in it; those of the challenge may also be in a folder
 * of the subset's name.
 *
 * @param splits images with questions, by the name of the split
 * @see <a href="https://visualqa.org/download.html">Data of the VQA challenge</a>
 */
public record AnswerData(DataFiles files, Splits<AnsweredImage> splits) implements AutoCloseable {
    private static final List<String> LISTS = List.of("questions.jsonl", "questions.json");
    private static final String FORM = "{\"image\": \"…\", \"question\": \"…\", \"answer\": \"…\"}";

    /**
     * Reads the list; images are located now and decoded later.
     *
     * @throws DataSetException when the list is wrong or an image is missing; the message names the file, line, rule and actual
     *     value
     */
    public static AnswerData open(Path data) {
        DataLists lists = DataLists.open(
                data,
                AnswerData::lists,
                "must hold a list of images, questions and answers, one of " + LISTS + " or the challenge's"
                        + " …_questions.json, at the top or in a folder for each split, %s; make one of lines " + FORM);
        try {
            ImageNotes<AnsweredQuestion> notes = new ImageNotes<>(lists.files());
            lists.places().forEach(place -> read(lists.files(), place, notes));
            Splits<AnsweredImage> splits = notes.splits(
                    data.toString(),
                    (path, questions) -> new AnsweredImage(path, lists.files().source(path), questions));
            return new AnswerData(lists.files(), splits);
        } catch (RuntimeException e) {
            lists.close();
            throw e;
        }
    }

    private static List<String> lists(List<String> names) {
        List<String> own = LISTS.stream().filter(names::contains).limit(1).toList();
        return own.isEmpty() ? names.stream().filter(ChallengeRows::isQuestions).toList() : own;
    }

    private static void read(DataFiles files, DataLists.Place place, ImageNotes<AnsweredQuestion> notes) {
        if (ChallengeRows.isQuestions(place.path())) {
            ChallengeRows.read(files, place, notes);
            return;
        }
        Consumer<Row> rows = new QuestionLines(place, notes);
        try (InputStream text = files.stream(place.path())) {
            if (place.isLines()) {
                JsonRows.lines(files.name(place.path()), text, FORM, rows);
            } else {
                JsonRows.array(files.name(place.path()), text, "questions", FORM, rows);
            }
        } catch (IOException e) {
            throw unreadable(files, place.path(), e);
        }
    }

    /** Creates the error for a file that cannot be read. */
    static DataSetException unreadable(DataFiles files, String path, IOException e) {
        return new DataSetException(files.name(path) + ": cannot be read: " + e + "; check its permissions", e);
    }

    @Override
    public void close() {
        files.close();
    }
}
