package org.fovea.vqa.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fovea.core.data.DataSetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are found, not decoded: their files hold a letter. */
class AnswerDataTest {
    private static final String QUESTIONS = """
            {"info": {"year": 2017}, "data_subtype": "%1$s", "questions": [
             {"image_id": 42, "question": "What is it?", "question_id": 42000},
             {"image_id": 42, "question": "Is it red?", "question_id": 42001}]}""";
    private static final String ANNOTATIONS = """
            {"annotations": [
             {"question_id": 42001, "question_type": "is it", "answer_type": "yes/no", "image_id": 42,
              "multiple_choice_answer": "yes", "answers": [{"answer": "yes", "answer_id": 1}, {"answer": "no"}]},
             {"question_id": 42000, "question_type": "what is", "answer_type": "other",
              "answers": [{"answer": "cup"}, {"answer": "mug"}]}]}""";

    @TempDir
    Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        for (String name : List.of("a.jpg", "images/b.jpg", "val2014/COCO_val2014_000000000042.jpg")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private Path file(String name, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    @Test
    void readsJsonLines() throws IOException {
        Path list = file(
                "photos.jsonl",
                "{\"image\": \"a.jpg\", \"question\": \"Who?\", \"answer\": \"a dog\"}",
                "{\"image\": \"b.jpg\", \"question\": \"What?\", \"answers\": [\"x\", \"y\"], \"split\": \"val\"}",
                "{\"image\": \"a.jpg\", \"question\": \"Where?\", \"answer\": \"here\", \"answer_type\": \"place\"}");
        try (AnswerData data = AnswerData.open(list)) {
            assertEquals(Set.of("all", "val"), data.splits().names());
            AnsweredImage a = data.splits().get("all").get(0);
            assertEquals("a.jpg", a.name());
            assertEquals(
                    List.of(
                            AnsweredQuestion.of("Who?", "a dog"),
                            new AnsweredQuestion("Where?", List.of("here"), "", "place")),
                    a.questions());
            AnsweredImage b = data.splits().get("val").get(0);
            assertEquals(List.of("x", "y"), b.questions().get(0).answers());
            assertArrayEquals(
                    "images/b.jpg".getBytes(StandardCharsets.UTF_8), b.source().read());
        }
    }

    @Test
    void readsTheFilesOfTheChallenge() throws IOException {
        file("v2_OpenEnded_mscoco_val2014_questions.json", QUESTIONS.formatted("val2014"));
        file("v2_mscoco_val2014_annotations.json", ANNOTATIONS);
        try (AnswerData data = AnswerData.open(folder)) {
            assertEquals(Set.of("val"), data.splits().names());
            AnsweredImage image = data.splits().get("val").get(0);
            assertEquals("val2014/COCO_val2014_000000000042.jpg", image.name());
            assertEquals(
                    List.of(
                            new AnsweredQuestion("What is it?", List.of("cup", "mug"), "what is", "other"),
                            new AnsweredQuestion("Is it red?", List.of("yes", "no"), "is it", "yes/no")),
                    image.questions());
        }
    }

    @Test
    void readsAZipFileOfSplits() throws IOException {
        Path zip = folder.resolve("photos.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String split : List.of("train", "val")) {
                out.putNextEntry(new ZipEntry(split + "/questions.json"));
                out.write("[{\"image\": \"d.jpg\", \"question\": \"What?\", \"answer\": \"a door\"}]"
                        .getBytes(StandardCharsets.UTF_8));
                out.putNextEntry(new ZipEntry(split + "/images/d.jpg"));
                out.write(split.charAt(0));
            }
        }
        try (AnswerData data = AnswerData.open(zip)) {
            AnsweredImage d = data.splits().get("val").get(0);
            assertEquals("val/images/d.jpg", d.name());
            assertArrayEquals(new byte[] {'v'}, d.source().read());
        }
    }

    private static void refused(Path data, String... texts) {
        DataSetException error = assertThrows(DataSetException.class, () -> AnswerData.open(data));
        for (String text : texts) {
            assertTrue(error.getMessage().contains(text), error.getMessage());
        }
        assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    }

    @Test
    void wrongLinesAreNamed() throws IOException {
        String good = "{\"image\": \"a.jpg\", \"question\": \"Who?\", \"answer\": \"one\"}";
        refused(file("l.jsonl", good, "image: a.jpg"), "l.jsonl, line 2: must be JSON");
        refused(file("l.jsonl", good.replace("question", "q")), "line 1: must give a text as \"question\", got none");
        refused(file("l.jsonl", good.replace("one", " ")), "line 1: must give a text as \"answer\"");
        refused(file("l.jsonl", good.replace("\"answer\": \"one\"", "\"answers\": []")), "at least 1 answer, got none");
        refused(
                file("l.jsonl", good.replace("\"answer\": \"one\"", "\"answers\": [\"one\", \"\"]")),
                "an answer must have a word, got 'one', ''");
        refused(file("l.jsonl", good.replace("a.jpg", "none.jpg")), "line 1: none.jpg must be an image below");
        refused(folder.resolve("images"), "must hold a list of images, questions and answers", "got none");
    }

    @Test
    void wrongFilesOfTheChallengeAreNamed() throws IOException {
        file("v2_OpenEnded_mscoco_val2014_questions.json", QUESTIONS.formatted("val2014"));
        refused(folder, "questions.json: needs the answers beside it, a file …_val2014_annotations.json, got none");
        file("v2_mscoco_val2014_annotations.json", ANNOTATIONS.replace("42001", "43001"));
        refused(
                folder,
                "questions.json, object 2: the question must have its annotation, got none of \"question_id\" 42001");
        file("v2_mscoco_val2014_annotations.json", ANNOTATIONS.replace("42001", "\"x\""));
        refused(folder, "annotations.json, object 1: must give a whole number as \"question_id\", got \"x\"");
    }
}
