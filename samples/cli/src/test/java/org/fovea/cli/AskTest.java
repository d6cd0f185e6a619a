package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.image.RgbImage;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fovea ask} on the reference library's small checkpoints. */
class AskTest {
    private static final Path VILT = FixtureFiles.of("vilt-vqa");
    private static final Path BLIP = FixtureFiles.of("blip-vqa");
    private static final Path COFFEE = FixtureFiles.of("deit-hf/image.png"); // what ViLT's results are of
    private static final Path CATS = FixtureFiles.of("vit-hf/image.png"); // what BLIP's results are of
    private static final String QUESTION = "what color is the cup?";

    @TempDir
    Path folder;

    private static Cli ask(Path model, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("ask", "-m", model));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray());
    }

    @Test
    void textIsQuestionAndAnswer() {
        Cli run = ask(VILT, "-q", QUESTION, COFFEE);
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(COFFEE.toString(), lines.get(0));
        assertTrue(lines.get(1).matches("  what color is the cup\\?  yes \\([0-9.]+ %\\)"), lines.get(1));
    }

    @Test
    void jsonHasALineForEachQuestion() throws IOException {
        JsonNode golden =
                Cli.parse(Files.readString(BLIP.resolve("expected.json"))).get("answers");
        String first = golden.at("/0/question").asText();
        String second = golden.at("/1/question").asText();
        Cli run = ask(BLIP, "-q", first, "-q", second, "-f", "json", CATS);
        assertEquals(0, run.exitCode(), run.err());
        for (int i = 0; i < 2; i++) {
            JsonNode line = run.json().get(i);
            assertEquals(CATS.toString(), line.get("file").asText());
            assertEquals(golden.get(i).get("question"), line.get("question"));
            assertEquals(
                    golden.get(i).get("greedy").asText(),
                    line.at("/answers/0/answer").asText());
            double score = line.at("/answers/0/score").asDouble();
            assertTrue(score > 0 && score <= 1, line.toString());
        }
        Cli top = ask(BLIP, "-q", first, "--top", 3, "-f", "json", CATS);
        assertEquals(
                golden.at("/0/beam").asText(),
                top.json().get(0).at("/answers/0/answer").asText());
    }

    @Test
    void csvHasARowForEachAnswer() {
        Cli run = ask(VILT, "-q", QUESTION, "-q", "is it red?", "--top", 2, "-f", "csv", COFFEE);
        List<String> rows = run.out().lines().toList();
        assertEquals("file,question,rank,answer,score,error", rows.get(0));
        assertEquals(5, rows.size());
        assertTrue(rows.get(4).startsWith(COFFEE + ",is it red?,2,"), rows.get(4));
    }

    @Test
    void answersAreChosenAmongThoseOfAFile() throws IOException {
        Path list = Files.writeString(folder.resolve("answers.txt"), "rocket\n\n two \n");
        JsonNode line = ask(VILT, "-q", QUESTION, "--answers", list, "--top", 9, "-f", "json", COFFEE)
                .json()
                .get(0);
        List<String> told = new ArrayList<>();
        line.get("answers").forEach(answer -> told.add(answer.get("answer").asText()));
        assertEquals(2, told.size());
        assertTrue(told.containsAll(List.of("rocket", "two")), told.toString());
        Cli other = ask(BLIP, "-q", "what is it?", "--answers", list, "-f", "json", CATS);
        assertTrue(told.contains(other.json().get(0).at("/answers/0/answer").asText()), other.out());
    }

    @Test
    void questionsOfAFileAreAskedAboutTheirImages() throws IOException {
        Path file = folder.resolve("questions.jsonl");
        Files.copy(COFFEE, folder.resolve("a.png"));
        Files.copy(CATS, folder.resolve("b.png"));
        Files.writeString(file, """
                {"image": "a.png", "question": "is it red?"}
                {"image": "b.png", "question": "what is it?"}
                {"image": "gone.png", "question": "what is it?"}
                {"image": "a.png", "question": "is it a cat?", "id": 7}
                """);
        Path done = folder.resolve("done.jsonl");
        Cli run = ask(VILT, "--questions", file, "-f", "json", "--resume", done);
        assertEquals(1, run.exitCode(), run.err());
        List<String> told = run.json().stream()
                .map(line -> Path.of(line.get("file").asText()).getFileName() + " "
                        + line.path("question").asText())
                .toList();
        assertEquals(List.of("a.png is it red?", "a.png is it a cat?", "b.png what is it?", "gone.png "), told);
        assertTrue(run.json().get(3).has("error"), run.out());
        assertEquals(run.out(), Files.readString(done));
        List<String> lines = run.out().lines().toList();
        Files.writeString(done, lines.get(0) + "\n"); // as a run that was killed between two questions of an image
        Cli rest = ask(VILT, "--questions", file, "-f", "json", "--resume", done);
        assertEquals(lines, rest.out().lines().toList(), "an image is done when all its questions are");
        assertEquals(lines, Files.readAllLines(done), "and none of its answers is there twice");
        Cli again = ask(VILT, "--questions", file, "-f", "json", "--resume", done);
        assertEquals("", again.out());
        assertTrue(again.err().contains("3 images were done already"), again.err());
        assertEquals(1, again.exitCode());
    }

    @Test
    void manyImagesAreAskedAndABrokenOneIsSaid() throws IOException {
        for (int i = 0; i < 10; i++) {
            Cli.picture(folder.resolve("in/" + i + ".png"), i);
        }
        Files.writeString(folder.resolve("in/4.jpg"), "no image");
        Cli run = ask(BLIP, "-q", "what is it?", "-q", "is it a cat?", "-f", "json", folder.resolve("in"));
        assertEquals(1, run.exitCode());
        assertEquals(21, run.json().size());
        assertTrue(run.err().contains("1 of 11 images failed"), run.err());
        for (JsonNode line : run.json()) {
            Path file = Path.of(line.get("file").asText());
            assertEquals(file.toString().endsWith("jpg"), line.has("error"), line.toString());
        }
    }

    @Test
    void attentionIsDrawn() throws IOException {
        Path maps = folder.resolve("maps");
        assertEquals(0, ask(VILT, "-q", QUESTION, "--attention", maps, COFFEE).exitCode());
        assertEquals(
                0,
                ask(BLIP, "-q", QUESTION, "-q", "is it red?", "--attention", maps, CATS)
                        .exitCode());
        try (Stream<Path> files = Files.list(maps)) {
            assertEquals(
                    List.of("image-gaze.png"),
                    files.map(f -> f.getFileName().toString()).toList());
        }
    }

    @Test
    void dumpIsTheReferences() throws IOException {
        Path dump = folder.resolve("dump.safetensors");
        Cli run = ask(VILT, "-q", QUESTION, "--dump", dump, COFFEE);
        assertEquals(0, run.exitCode(), run.err());
        try (SafetensorsFile file = SafetensorsFile.open(dump)) {
            float[] expected = FixtureFiles.expected("vilt-vqa").get("logits").toFloats();
            assertArrayEquals(expected, file.tensor("logits").toFloats(), 1e-4f);
            assertTrue(
                    file.names().containsAll(List.of("pixel_values", "input_ids", "hidden_states.2", "attentions.1")));
        }
    }

    @Test
    void promptAnswersLineByLine() throws IOException {
        String input = "what color is the cup?\n\n   \n@nowhere.png\n" + "is there a cat ".repeat(30) + "\n@" + CATS
                + "\nis it unseenwordxyz?\n";
        InputStream before = System.in;
        Cli run;
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            run = ask(VILT, "-i", COFFEE);
        } finally {
            System.setIn(before);
        }
        assertEquals(0, run.exitCode(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(3, lines.size(), run.out());
        assertTrue(lines.get(0).startsWith("what color is the cup?  yes ("), lines.get(0));
        assertTrue(lines.get(1).startsWith("is it unseenwordxyz?  "), lines.get(1));
        assertEquals("  (words that the model does not know: unseenwordxyz)", lines.get(2));
        assertTrue(run.err().contains("nowhere.png"), run.err());
        assertTrue(run.err().contains("must fit the model's 40 positions"), run.err());
    }

    @Test
    void unknownWordsAreAnsweredAndSaid() {
        JsonNode line = ask(VILT, "-q", "what is the unseenwordxyz?", "-f", "json", COFFEE)
                .json()
                .get(0);
        assertEquals("[\"unseenwordxyz\"]", line.get("unknown_words").toString());
        assertTrue(line.get("answers").size() == 1);
        assertFalse(ask(VILT, "-q", QUESTION, "-f", "json", COFFEE).out().contains("unknown_words"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -q BLANK IMAGE                        | 2 | a question must have a word
            -q LONG IMAGE                         | 2 | must fit the model's 40 positions
            -q what IMAGE --top 0                 | 2 | --top must be at least 1
            -q what                               | 2 | Missing required parameter: 'PATH'
            IMAGE                                 | 2 | a question is needed
            -q what --questions x.jsonl           | 2 | --questions names images and their questions
            -i -q what IMAGE                      | 2 | -i takes one image
            -i --format json IMAGE                | 2 | -i takes no --format
            -i --resume done.jsonl IMAGE          | 2 | -i takes no --resume
            -i --batch 2 IMAGE                    | 2 | -i takes no --batch
            -q what -q who --dump d IMAGE         | 2 | --dump takes exactly one --question
            -q what --answers DOUBLE IMAGE        | 1 | got 'red' in lines 1 and 3
            -q what --answers OTHER IMAGE         | 2 | the first being "blue"
            --questions WRONG                     | 1 | line 2 must be {"image"
            -q what THREAD                        | 1 | crop it to a less elongated one
            """)
    void whatCannotBeAskedIsToldInOneSentence(String arguments, int exitCode, String message) throws IOException {
        Path wide = folder.resolve("thread.png");
        RgbImage.of(1, 90, new byte[270]).writePng(wide);
        List<Object> all = new ArrayList<>();
        for (String each : arguments.split(" ")) {
            all.add(
                    switch (each) {
                        case "BLANK" -> " ";
                        case "LONG" -> "is there a cat ".repeat(30);
                        case "IMAGE" -> COFFEE;
                        case "THREAD" -> wide;
                        case "DOUBLE" -> Files.writeString(folder.resolve("double.txt"), "red\nno\nred\n");
                        case "OTHER" -> Files.writeString(folder.resolve("other.txt"), "red\nblue\n");
                        case "WRONG" ->
                            Files.writeString(
                                    folder.resolve("wrong.jsonl"),
                                    "{\"image\": \"a\", \"question\": \"b\"}\n{\"image\": \"a\"}\n");
                        default -> each;
                    });
        }
        Cli run = ask(VILT, all.toArray());
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue((run.err() + run.out()).contains(message), run.err() + run.out());
        assertFalse(run.err().contains("Exception"), run.err());
    }
}
