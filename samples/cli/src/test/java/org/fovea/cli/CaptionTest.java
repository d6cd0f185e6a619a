package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fovea caption} on the reference library's small checkpoints. */
class CaptionTest {
    private static final Path BLIP = FixtureFiles.of("blip-captioning");
    private static final Path COFFEE = FixtureFiles.of("deit-hf/image.png"); // what BLIP's results are of

    @TempDir
    Path folder;

    private static Cli caption(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("caption", "-m", BLIP));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray());
    }

    private static JsonNode generation(String variant) throws IOException {
        return Cli.parse(Files.readString(BLIP.resolve("expected.json"))).at("/generations/" + variant + "/text");
    }

    @Test
    void textIsTheCaption() throws IOException {
        Cli run = caption("--max-new-tokens", 14, COFFEE);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                COFFEE + System.lineSeparator() + "  "
                        + generation("greedy").get(0).asText() + System.lineSeparator(),
                run.out());
    }

    @Test
    void jsonHasTextScoreTokensAndWords() throws IOException {
        Cli run = caption("--beams", 4, "--count", 3, "--max-new-tokens", 12, "--early-stopping", "-f", "json", COFFEE);
        JsonNode line = run.json().get(0);
        assertEquals(COFFEE.toString(), line.get("file").asText());
        List<String> texts = new ArrayList<>();
        line.get("captions").forEach(c -> texts.add(c.get("text").asText()));
        List<String> expected = new ArrayList<>();
        generation("beam").forEach(text -> expected.add(text.asText()));
        assertEquals(expected, texts);
        JsonNode best = line.at("/captions/0");
        assertEquals(
                FixtureFiles.expected("blip-captioning")
                        .get("sequences_scores.beam")
                        .toFloats()[0],
                best.get("score").asDouble(),
                1e-4);
        assertEquals(230, best.at("/tokens/0").asInt());
        List<String> words = new ArrayList<>();
        best.get("words").forEach(word -> {
            words.add(word.get("text").asText());
            assertTrue(word.get("log_probability").asDouble() < 0, word.toString());
        });
        assertEquals(texts.get(0), String.join(" ", words));
    }

    @Test
    void decoderWeightsChangeProbabilitiesALittle() {
        double[] sums = new double[2];
        for (String weights : List.of("same", "int8")) {
            JsonNode best = caption("--max-new-tokens", 1, "--decoder-weights", weights, "-f", "json", COFFEE)
                    .json()
                    .get(0)
                    .at("/captions/0");
            sums[weights.equals("int8") ? 1 : 0] =
                    best.at("/words/0/log_probability").asDouble();
        }
        assertTrue(sums[0] < 0 && sums[0] != sums[1], "both " + sums[0]);
        assertEquals(sums[0], sums[1], 0.05);
    }

    @Test
    void csvHasARowForEachCaption() {
        Cli run = caption("--beams", 3, "--count", 2, "-f", "csv", COFFEE);
        List<String> rows = run.out().lines().toList();
        assertEquals("file,rank,caption,score,error", rows.get(0));
        assertEquals(3, rows.size());
        assertTrue(rows.get(2).startsWith(COFFEE + ",2,"), rows.get(2));
    }

    @Test
    void everyOptionOfTheSearchArrives() throws IOException {
        assertEquals(
                generation("penalty").get(0).asText(),
                text("--max-new-tokens", 14, "--min-new-tokens", 6, "--repetition-penalty", 1.7));
        assertEquals(
                generation("beam_long").get(0).asText(),
                text("--max-new-tokens", 12, "--beams", 3, "--length-penalty", 2, "--no-repeat-ngram", 2));
        assertEquals(generation("prompted").get(0).asText(), text("--max-new-tokens", 14, "--prompt", "a picture of"));
        String drawn = text("--sample", "--seed", 3, "--temperature", 9, "--top-k", 0, "--top-p", 1);
        assertEquals(drawn, text("--sample", "--seed", 3, "--temperature", 9, "--top-k", 0, "--top-p", 1));
        assertFalse(drawn.equals(text("--sample", "--seed", 4, "--temperature", 9, "--top-k", 0, "--top-p", 1)));
    }

    private static String text(Object... options) {
        List<Object> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-f", "json", COFFEE));
        Cli run = caption(all.toArray());
        assertEquals(0, run.exitCode(), run.err());
        return run.json().get(0).at("/captions/0/text").asText();
    }

    /** The fixtures' teacher-forced text is this prompt, and a caption's last token is read by no one. */
    @ParameterizedTest
    @CsvSource({"blip-captioning, deit-hf", "vit-gpt2, vit-timm", "git, dinov2-hf"})
    void dumpIsTheReferences(String name, String photograph) throws IOException {
        Path dump = folder.resolve("dump.safetensors");
        Cli run = Cli.run(
                "caption",
                "-m",
                FixtureFiles.of(name),
                "--prompt",
                "a photo of a cat",
                "--max-new-tokens",
                1,
                "--dump",
                dump,
                FixtureFiles.of(photograph + "/image.png"));
        assertEquals(0, run.exitCode(), run.err());
        Map<String, Tensor> expected = FixtureFiles.expected(name);
        expected.keySet().removeIf(key -> key.startsWith("sequences"));
        try (SafetensorsFile file = SafetensorsFile.open(dump)) {
            assertTrue(file.names().contains("sequences"), file.names().toString());
            assertTrue(file.names().containsAll(expected.keySet()), file.names() + " of " + expected.keySet());
            expected.forEach((key, tensor) -> {
                Tensor got = file.tensor(key);
                assertEquals(tensor.shape(), got.shape(), key);
                double[] want = tensor.toDoubles();
                double[] values = got.toDoubles();
                for (int i = 0; i < want.length; i++) {
                    assertEquals(want[i], values[i], key.equals("pixel_values") ? 1e-6 : 1e-4, key + " " + i);
                }
            });
        }
    }

    @Test
    void dumpHoldsAllSequencesAndTheirScores() throws IOException {
        Path dump = folder.resolve("dump.safetensors");
        caption("--beams", 4, "--count", 3, "--max-new-tokens", 12, "--early-stopping", "--dump", dump, COFFEE);
        Map<String, Tensor> expected = FixtureFiles.expected("blip-captioning");
        try (SafetensorsFile file = SafetensorsFile.open(dump)) {
            assertEquals(
                    expected.get("sequences.beam").shape(),
                    file.tensor("sequences").shape());
            assertArrayEquals(
                    expected.get("sequences.beam").toDoubles(),
                    file.tensor("sequences").toDoubles());
            assertArrayEquals(
                    expected.get("sequences_scores.beam").toFloats(),
                    file.tensor("sequences_scores").toFloats(),
                    1e-4f);
        }
    }

    @Test
    void attentionDrawsTheImageOnceForEachWord() {
        Path maps = folder.resolve("maps");
        assertEquals(0, caption("--attention", maps, COFFEE).exitCode());
        RgbImage mean = ImageDecoder.create().decode(maps.resolve("image-words.png"));
        assertTrue(mean.width() > 3 * 280, mean.toString());
        assertEquals(
                0,
                caption("--attention", maps, "--attention-layer", 1, "--attention-head", 2, COFFEE)
                        .exitCode());
        assertFalse(mean.equals(ImageDecoder.create().decode(maps.resolve("image-words.png"))));
        Cli wrong = caption("--attention", maps, "--attention-layer", 2, COFFEE);
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.err().contains("layer must lie in [0, 1], got 2"), wrong.err());
    }

    @Test
    void sidecarStandsBesideItsImage() throws IOException {
        Path a = Cli.picture(folder.resolve("in/a.png"), 1);
        Path b = Cli.picture(folder.resolve("in/deeper/b.c.png"), 2);
        Cli run = caption("--sidecar", "txt", "--prefix", "xyz, ", "--suffix", ".", "-f", "json", folder.resolve("in"));
        assertEquals(0, run.exitCode(), run.err());
        String text = run.json().get(0).at("/captions/0/text").asText();
        assertEquals("xyz, " + text + ".\n", Files.readString(a.resolveSibling("a.txt")));
        assertTrue(Files.exists(b.resolveSibling("b.c.txt")));
        assertEquals(new TreeSet<>(List.of("a.png", "a.txt", "b.c.png", "b.c.txt", "deeper")), names());
    }

    private TreeSet<String> names() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder.resolve("in"))) {
            all.skip(1).forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @Test
    void sidecarsThatAreThereStayUnlessAskedFor() throws IOException {
        Path a = Cli.picture(folder.resolve("in/a.png"), 1);
        Path b = Cli.picture(folder.resolve("in/b.png"), 2);
        Path mine = Files.writeString(folder.resolve("in/b.txt"), "my own words");
        Cli run = caption("--sidecar", ".txt", "-f", "json", a, b);
        assertEquals(1, run.exitCode());
        assertTrue(run.json().get(0).has("captions"), run.out());
        assertEquals(
                "b.txt is there already; --overwrite replaces it",
                run.json().get(1).get("error").asText());
        assertEquals("my own words", Files.readString(mine));
        assertEquals(0, caption("--sidecar", "txt", "--overwrite", a, b).exitCode());
        assertFalse(Files.readString(mine).contains("my own"));
        Cli resumed = caption("--sidecar", "txt", "--resume", folder.resolve("done"), "-f", "json", b);
        assertEquals(0, resumed.exitCode(), "a file with what was to be written is done");
        Files.writeString(mine, "my own words");
        Cli kept = caption("--sidecar", "txt", "--resume", folder.resolve("done2"), "-f", "json", b);
        assertEquals(1, kept.exitCode(), kept.out());
        assertEquals("my own words", Files.readString(mine));
    }

    @Test
    void oneSidecarIsNotForTwoImages() throws IOException {
        Path jpg = Files.copy(Cli.picture(folder.resolve("in/a.png"), 1), folder.resolve("in/a.jpg"));
        for (String overwrite : List.of("--overwrite", "--verbose")) {
            Cli run = caption("--sidecar", "txt", overwrite, "-f", "json", folder.resolve("in"));
            assertTrue(
                    run.json().get(1).get("error").asText().contains("a.txt is for the caption of " + jpg), run.out());
            assertTrue(run.json().get(0).has("captions"), run.out());
            Files.deleteIfExists(folder.resolve("in/a.txt"));
        }
    }

    @Test
    void sidecarNeverReplacesAnImage() throws IOException {
        Path picture = Files.move(Cli.picture(folder.resolve("in/a.png"), 1), folder.resolve("in/a.txt"));
        byte[] before = Files.readAllBytes(picture);
        Cli run = caption("--sidecar", "txt", "--overwrite", "-f", "json", picture);
        assertTrue(run.json().get(0).get("error").asText().contains("would be written over it"), run.out());
        assertArrayEquals(before, Files.readAllBytes(picture));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--top-k 5|--top-k needs --sample",
                "--length-penalty 2|--length-penalty needs --beams",
                "--early-stopping|--early-stopping needs --beams",
                "--count 3|--count must be at most --beams",
                "--beams 2 --count 3|--count must be at most --beams",
                "--min-new-tokens 5 --max-new-tokens 4|--min-new-tokens must be at most --max-new-tokens",
                "--min-new-tokens 50|min_length must be at most max_length",
                "--overwrite|--overwrite needs --sidecar",
                "--prefix x|--prefix needs --sidecar",
                "--sidecar png|--sidecar must be the extension of a text file",
                "--sidecar a/b|--sidecar must be the extension of a text file",
                "--attention-layer 1|--attention-layer needs --attention",
                "--beams 0|--beams must be at least 1",
                "--sample --temperature 0|--temperature must be a number above 0",
                "--sample --top-p 2|--top-p must lie above 0",
                "--max-new-tokens 100|a text must fit the model's",
                "--beams 5000|fovea: BeamSearch: beams must lie in [1, 1024], got 5000",
                "--decoder-weights int8 --backend nd4j|got F32_INT8_WEIGHTS; the onednn backend has the others",
                "--decoder-weights int4|but was 'int4'",
                "--dump x other.png|--dump takes exactly one image, got 2"
            })
    void contradictionsAreOneSentence(String line) {
        String[] parts = line.split("\\|");
        List<Object> arguments = new ArrayList<>(List.of((Object[]) parts[0].split(" ")));
        arguments.add(COFFEE);
        Cli run = caption(arguments.toArray());
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("fovea: ") && run.err().contains(parts[1]), run.err());
        assertEquals(2, run.err().lines().count(), "and where help is: " + run.err());
        assertEquals("", run.out());
    }

    @Test
    void aPromptLongerThanThePositions() {
        Cli run = caption("--prompt", "a cup of coffee ".repeat(40), "--max-new-tokens", 3, COFFEE);
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains("must fit the model's") && run.err().contains("a prompt of"), run.err());
    }

    @Test
    void withoutAModelTheErrorSaysHowToGetOne() {
        Cli run = Cli.run("caption", COFFEE);
        assertTrue(run.err().contains("fovea caption --model blip-image-captioning-base"), run.err());
    }

    @Test
    void badCheckpointsAreOneSentence() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String file : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
            Files.copy(BLIP.resolve(file), copy.resolve(file));
        }
        assertFails(copy, "there must be a vocabulary");
        Files.copy(FixtureFiles.of("vit-gpt2/tokenizer.json"), copy.resolve("tokenizer.json"));
        assertFails(copy, "the tokenizer must fit the model, got 330 tokens");
        assertFails(FixtureFiles.of("vit-hf"), "model_type");
    }

    private static void assertFails(Path model, String text) {
        Cli run = Cli.run("caption", "-m", model, COFFEE);
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().startsWith("fovea: ") && run.err().contains(text), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    /** Of each file one warning, however often it is read. */
    @Test
    void unknownOptionOfTheCheckpointIsWarnedOfOnce() throws IOException, InterruptedException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (Stream<Path> files = Files.list(BLIP)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.writeString(
                copy.resolve("generation_config.json"),
                "{\"bos_token_id\": 230, \"eos_token_id\": 3, \"pad_token_id\": 0, \"guidance_scale\": 2}");
        Cli run = Cli.spawn("", Cli.process("caption", "-m", copy, COFFEE, COFFEE));
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("\"guidance_scale\" is no option of generation"), run.err());
    }

    @Test
    void badImagesCarryTheirErrorsAndTheOthersGoOn() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
        Cli run = caption("-f", "json", bad, COFFEE, folder.resolve("missing.png"));
        assertEquals(1, run.exitCode());
        assertTrue(run.json().get(0).has("error") && run.json().get(2).has("error"), run.out());
        assertTrue(run.json().get(1).has("captions"), run.out());
    }
}
