package org.fovea.captioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.ModelFormatException;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The facade over all families. */
class ImageCaptionerTest {
    private static final String BLIP = "blip-captioning";

    private static ImageCaptioner load(String name) {
        return ImageCaptioner.load(Captioners.directory(name));
    }

    private static List<Path> photographs() {
        return Stream.of(
                        "blip-captioning",
                        "vit-gpt2",
                        "git",
                        "blip-captioning",
                        "git",
                        "vit-gpt2",
                        "git",
                        "blip-captioning")
                .map(Captioners::image)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blip-captioning", "vit-gpt2", "git"})
    void eightImagesAtOnceAreEightSingleOnes(String name) {
        ImageDecoder decoder = ImageDecoder.create();
        List<RgbImage> images = photographs().stream().map(decoder::decode).toList();
        try (ImageCaptioner captioner = load(name)) {
            for (int beams : new int[] {1, 3}) {
                CaptionRequest request = captioner.request().with(o -> o.withBeams(beams));
                List<Captions> batch = captioner.captionAll(images, request);
                for (int i = 0; i < images.size(); i++) {
                    Captions single = captioner.caption(images.get(i), request);
                    assertEquals(single.best().tokens(), batch.get(i).best().tokens(), beams + " beams, image " + i);
                    assertEquals(single.best().score(), batch.get(i).best().score(), 1e-4);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blip-captioning", "vit-gpt2", "git"})
    void everyWordHasAMapOfWhereTheModelLooked(String name) {
        RgbImage image = ImageDecoder.create().decode(Captioners.image(name));
        try (ImageCaptioner captioner = load(name)) {
            for (int beams : new int[] {1, 3}) {
                CaptionRequest request = captioner.request().with(o -> o.withBeams(beams));
                CaptionExplanation explanation = captioner.explain(image, request);
                Caption caption = captioner.caption(image, request).best();
                assertEquals(caption, explanation.caption(), "asking for attention changes nothing");
                String spoken = String.join(
                        " ", caption.words().stream().map(CaptionWord::text).toList());
                assertEquals(caption.text(), spoken);
                for (int word = 0; word < caption.words().size(); word++) {
                    double sum =
                            Arrays.stream(explanation.map(word).toDoubles()).sum();
                    assertTrue(sum > 0 && sum <= 1 + 1e-5, "share of the grid " + sum);
                    assertTrue(caption.words().get(word).logProbability() < 0);
                }
                assertTrue(explanation.draw().width() > 0);
            }
        }
    }

    /** The attention told while a caption is written is that of one pass over the whole caption. */
    @ParameterizedTest
    @ValueSource(strings = {"blip-captioning", "vit-gpt2"})
    void attentionOfStepsIsThatOfTheWholePass(String name) {
        RgbImage image = ImageDecoder.create().decode(Captioners.image(name));
        try (ImageCaptioner captioner = load(name)) {
            CaptionExplanation explanation = captioner.explain(image, captioner.request());
            Map<String, Tensor> dump = captioner.dump(image, captioner.request());
            CaptionWord word = explanation.caption().words().get(1);
            Tensor whole = dump.get("cross_attentions.1"); // [1, heads, T, M]
            int tokens = whole.shape().dim(2);
            int memory = whole.shape().dim(3);
            double[] all = whole.toDoubles();
            double[] map = explanation.map(1, 1, 2).toDoubles();
            for (int i = 0; i < map.length; i++) {
                double mean = 0;
                for (int t = word.firstToken(); t < word.firstToken() + word.tokens(); t++) {
                    mean += all[(2 * tokens + t) * memory + memory - map.length + i] / word.tokens();
                }
                assertEquals(mean, map[i], 1e-5, "place " + i);
            }
        }
    }

    @Test
    void dumpHoldsTheReferencesNames() {
        RgbImage image = ImageDecoder.create().decode(Captioners.image(BLIP));
        try (ImageCaptioner captioner = load(BLIP)) {
            CaptionRequest beams = captioner.request().with(o -> o.withBeams(4).withSequences(3));
            Map<String, Tensor> dump = captioner.dump(image, beams);
            assertEquals(3, dump.get("sequences").shape().dim(0));
            assertEquals(3, dump.get("sequences_scores").shape().dim(0));
            assertTrue(dump.keySet()
                    .containsAll(List.of(
                            CaptionerModel.PIXELS,
                            CaptionerModel.DECODER_IDS,
                            "sequences",
                            "logits",
                            "attentions.1",
                            "cross_attentions.0",
                            "hidden_states.2",
                            "vision_last_hidden_state")));
        }
    }

    @Test
    void filesAreDescribedInOrderAndABrokenOneIsAnOutcome(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");
        List<Path> files = new ArrayList<>(photographs());
        files.add(3, broken);
        List<Outcome<Path, Captions>> outcomes = new ArrayList<>();
        try (ImageCaptioner captioner = ImageCaptioner.load(
                Captioners.directory("git"), CaptionerOptions.defaults().withBatch(4))) {
            captioner.captionFiles(files, captioner.request(), outcomes::add);
            assertEquals(files, outcomes.stream().map(Outcome::input).toList());
            assertInstanceOf(Outcome.Failed.class, outcomes.get(3));
            String text = captioner.caption(files.get(2)).best().text();
            assertEquals(text, outcomes.get(2).get().best().text());
            assertEquals(text, outcomes.get(5).get().best().text());
        }
    }

    @Test
    void eightThreadsGetWhatOneGets() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        RgbImage image = ImageDecoder.create().decode(Captioners.image(BLIP));
        try (ImageCaptioner captioner = load(BLIP)) {
            CaptionRequest request = captioner.request().with(o -> o.withBeams(3));
            Captions alone = captioner.caption(image, request);
            List<Future<Captions>> all = IntStream.range(0, 16)
                    .mapToObj(i -> pool.submit(() -> captioner.caption(image, request)))
                    .toList();
            for (Future<Captions> each : all) {
                assertEquals(alone, each.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void tokensAreToldWhileTheyAreWritten() {
        RgbImage image = ImageDecoder.create().decode(Captioners.image(BLIP));
        List<Integer> heard = new ArrayList<>();
        try (ImageCaptioner captioner = load(BLIP)) {
            Captions captions =
                    captioner.caption(image, captioner.request(), (i, text, token, log) -> heard.add(token));
            List<Integer> tokens = captions.best().tokens();
            assertEquals(tokens.subList(tokens.size() - heard.size(), tokens.size()), heard);
            assertTrue(heard.size() > 3);
        }
    }

    @Test
    void aClosedCaptionerSaysSo() {
        RgbImage image = ImageDecoder.create().decode(Captioners.image(BLIP));
        ImageCaptioner captioner = load(BLIP);
        captioner.close();
        captioner.close();
        assertThrows(IllegalStateException.class, () -> captioner.caption(image, captioner.request()));
    }

    @Test
    void whatDoesNotFitIsToldInOneSentence(@TempDir Path folder) throws IOException {
        try (ImageCaptioner captioner = load(BLIP)) {
            RgbImage image = ImageDecoder.create().decode(Captioners.image(BLIP));
            CaptionRequest request = captioner.request().withPrompt("a cup of coffee ".repeat(20));
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> captioner.caption(image, request));
            assertTrue(e.getMessage().contains("the prompt must be shorter"), e.getMessage());
        }
        Path copy = copy("git", folder);
        Files.copy(Captioners.directory("vit-gpt2").resolve("tokenizer.json"), copy.resolve("tokenizer.json"));
        ModelFormatException e = assertThrows(ModelFormatException.class, () -> ImageCaptioner.load(copy));
        assertTrue(e.getMessage().contains("the tokenizer must fit the model, got 330 tokens"), e.getMessage());
        Files.delete(copy.resolve("tokenizer.json"));
        ModelFormatException none = assertThrows(ModelFormatException.class, () -> ImageCaptioner.load(copy));
        assertTrue(none.getMessage().contains("tokenizer.json"), none.getMessage());
    }

    /** A checkpoint without its tokenizer. */
    private static Path copy(String name, Path folder) throws IOException {
        for (String file : List.of("config.json", "preprocessor_config.json", "model.safetensors")) {
            Files.copy(Captioners.directory(name).resolve(file), folder.resolve(file));
        }
        return folder;
    }
}
