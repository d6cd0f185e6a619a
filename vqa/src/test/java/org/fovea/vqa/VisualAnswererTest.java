package org.fovea.vqa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The facade over all families. */
class VisualAnswererTest {
    private static final String VILT = AnswererFixtures.VILT;
    private static final String BLIP = AnswererFixtures.BLIP;
    private static final List<String> QUESTIONS = List.of(
            "what color is the cup?",
            "is there a cat on the table in front of the red umbrella?",
            "what is it?",
            "how many women are there?",
            "is it a dog?");

    private static VisualAnswerer load(String name) {
        return VisualAnswerer.load(AnswererFixtures.directory(name));
    }

    private static RgbImage image(String name) {
        return ImageDecoder.create().decode(AnswererFixtures.image(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {VILT, AnswererFixtures.VILT_BIN})
    void viltAnswersAsTheReference(String name) {
        try (VisualAnswerer answerer = load(name)) {
            String question = AnswererFixtures.json(name).get("question").asText();
            Answers answers = answerer.ask(AnswererFixtures.image(name), question);
            assertEquals(
                    AnswererFixtures.json(name).get("answer").asText(),
                    answers.best().text());
            float logit = AnswererFixtures.expected(name).get("logits").toFloats()[0];
            assertEquals(1 / (1 + Math.exp(-logit)), answers.best().score(), 1e-5);
            assertEquals(List.of(), answers.unknownWords());
        }
    }

    @Test
    void blipAnswersAsTheReference() {
        try (VisualAnswerer answerer = load(BLIP)) {
            EmbeddedImage image = answerer.embed(image(BLIP));
            for (var each : AnswererFixtures.json(BLIP).get("answers")) {
                String question = each.get("question").asText();
                assertEquals(
                        each.get("greedy").asText(),
                        answerer.ask(image, question).best().text());
                AnswerRequest three = AnswerRequest.best().withTop(3);
                Answers answers = answerer.ask(image, List.of(question), three).get(0);
                assertEquals(each.get("beam").asText(), answers.best().text());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VILT, BLIP})
    void manyQuestionsAtOnceAreSingleOnes(String name) {
        AnswererOptions eight = AnswererOptions.defaults().withBatch(6);
        try (VisualAnswerer answerer = VisualAnswerer.load(AnswererFixtures.directory(name), eight)) {
            EmbeddedImage image = answerer.embed(image(name));
            for (AnswerRequest request : List.of(
                    AnswerRequest.best().withTop(3), AnswerRequest.best().withCandidates(List.of("red", "cat")))) {
                List<Answers> all = answerer.ask(image, QUESTIONS, request);
                for (int i = 0; i < QUESTIONS.size(); i++) {
                    Answers single = answerer.ask(image, List.of(QUESTIONS.get(i)), request)
                            .get(0);
                    assertSame(single, all.get(i));
                }
            }
        }
    }

    private static void assertSame(Answers expected, Answers actual) {
        assertEquals(expected.question(), actual.question());
        assertEquals(
                expected.all().stream().map(Answer::text).toList(),
                actual.all().stream().map(Answer::text).toList());
        for (int i = 0; i < expected.all().size(); i++) {
            assertEquals(expected.all().get(i).score(), actual.all().get(i).score(), 1e-5);
        }
    }

    /** Images of several sizes, whose tokens are padded to the largest, and one that is none. */
    @ParameterizedTest
    @ValueSource(strings = {VILT, BLIP})
    void manyImagesAreAskedInOrderAndABrokenOneIsAnOutcome(String name, @TempDir Path folder) throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.jpg"), "no image");
        Path wide = folder.resolve("wide.png");
        RgbImage.of(40, 60, pattern(40, 60)).writePng(wide);
        Path high = folder.resolve("high.png");
        RgbImage.of(70, 60, pattern(70, 60)).writePng(high);
        List<Path> files = List.of(wide, broken, high, AnswererFixtures.image(name), wide);
        List<String> two = QUESTIONS.subList(0, 2);
        List<Outcome<Path, List<Answers>>> outcomes = new ArrayList<>();
        AnswererOptions four = AnswererOptions.defaults().withBatch(4);
        try (VisualAnswerer answerer = VisualAnswerer.load(AnswererFixtures.directory(name), four)) {
            ImageDecoder decoder = ImageDecoder.create();
            answerer.askAll(files, decoder::decode, file -> two, AnswerRequest.best(), outcomes::add);
            assertEquals(files, outcomes.stream().map(Outcome::input).toList());
            assertInstanceOf(Outcome.Failed.class, outcomes.get(1));
            for (int i : List.of(0, 2, 3, 4)) {
                EmbeddedImage image = answerer.embed(decoder.decode(files.get(i)));
                List<Answers> alone = answerer.ask(image, two, AnswerRequest.best());
                for (int q = 0; q < two.size(); q++) {
                    assertSame(alone.get(q), outcomes.get(i).get().get(q));
                }
            }
        }
    }

    private static byte[] pattern(int height, int width) {
        byte[] out = new byte[3 * height * width];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (i * 37 % 251);
        }
        return out;
    }

    /** Ranking tells the likelihood that writing tells. */
    @Test
    void candidatesOfAWriterHaveTheLikelihoodOfWritingThem() {
        try (VisualAnswerer answerer = load(BLIP)) {
            EmbeddedImage image = answerer.embed(image(BLIP));
            Answer written = answerer.ask(image, QUESTIONS.get(0)).best();
            List<String> list = new ArrayList<>(List.of("a cat", written.text(), "red"));
            IntStream.range(0, 140).forEach(i -> list.add("cat " + i)); // more than are read whole
            AnswerRequest request = AnswerRequest.best().withTop(2).withCandidates(list);
            Answers ranked =
                    answerer.ask(image, List.of(QUESTIONS.get(0)), request).get(0);
            assertEquals(written.text(), ranked.best().text());
            assertEquals(written.score(), ranked.best().score(), 1e-5);
            assertEquals(2, ranked.all().size());
            assertTrue(ranked.all().get(1).score() <= ranked.best().score());
        }
    }

    /** Up to the last of the model's positions, which are 40, and however small their probability is. */
    @Test
    void longCandidatesAreRankedByTheirLikelihood() {
        try (VisualAnswerer answerer = load(BLIP)) {
            EmbeddedImage image = answerer.embed(image(BLIP));
            List<String> cats = IntStream.range(1, 38)
                    .mapToObj(count -> "cat ".repeat(count).strip())
                    .toList();
            String longest = cats.get(cats.size() - 1);
            List<Answer> few = ranked(answerer, image, List.of(longest, "cat"));
            assertEquals(List.of("cat", longest), few.stream().map(Answer::text).toList());
            List<String> backwards = new ArrayList<>(cats);
            Collections.reverse(backwards);
            assertEquals(ranked(answerer, image, cats), ranked(answerer, image, backwards));
        }
    }

    private static List<Answer> ranked(VisualAnswerer answerer, EmbeddedImage image, List<String> candidates) {
        AnswerRequest all = AnswerRequest.best().withTop(candidates.size()).withCandidates(candidates);
        return answerer.ask(image, List.of(QUESTIONS.get(0)), all).get(0).all();
    }

    @Test
    void candidatesOfAListAreRankedAmongThemselves() {
        try (VisualAnswerer answerer = load(VILT)) {
            EmbeddedImage image = answerer.embed(image(VILT));
            AnswerRequest all = AnswerRequest.best().withTop(100);
            Answers own = answerer.ask(image, List.of(QUESTIONS.get(0)), all).get(0);
            assertEquals(7, own.all().size());
            AnswerRequest some = all.withCandidates(List.of("rocket", "two"));
            Answers ranked =
                    answerer.ask(image, List.of(QUESTIONS.get(0)), some).get(0);
            List<Answer> expected = own.all().stream()
                    .filter(a -> List.of("rocket", "two").contains(a.text()))
                    .toList();
            assertEquals(expected, ranked.all());
            assertMessage("the first being \"blue\"", () -> answerer.check(all.withCandidates(List.of("red", "blue"))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VILT, BLIP})
    void explanationsSayWhereTheModelLooked(String name) {
        try (VisualAnswerer answerer = load(name)) {
            EmbeddedImage image = answerer.embed(image(name));
            for (String question : QUESTIONS) {
                AnswerExplanation why = answerer.explain(image, question);
                assertSame(answerer.ask(image, question), why.answers());
                for (String map : why.maps()) {
                    double sum = Arrays.stream(why.map(map).toDoubles()).sum();
                    assertTrue(sum > 0 && sum <= 1 + 1e-5, map + ": share of the places " + sum);
                }
                double words =
                        why.words().stream().mapToDouble(QuestionWord::weight).sum();
                assertEquals(1, words, 1e-6);
                String spoken = String.join(
                        "", why.words().stream().map(QuestionWord::text).toList());
                assertEquals(question.replace(" ", ""), spoken);
                for (Tensor map : why.wordMaps()) {
                    assertEquals(why.map().shape(), map.shape());
                }
                assertEquals(
                        name.equals(BLIP) ? why.words().size() : 0,
                        why.wordMaps().size());
                assertTrue(why.draw().width() > 0);
            }
        }
    }

    @Test
    void eightThreadsGetWhatOneGets() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        for (String name : List.of(VILT, BLIP)) {
            try (VisualAnswerer answerer = load(name)) {
                EmbeddedImage image = answerer.embed(image(name));
                List<Answers> alone = answerer.ask(image, QUESTIONS, AnswerRequest.best());
                List<Future<List<Answers>>> all = IntStream.range(0, 16)
                        .mapToObj(i -> pool.submit(
                                () -> answerer.ask(answerer.embed(image(name)), QUESTIONS, AnswerRequest.best())))
                        .toList();
                for (Future<List<Answers>> each : all) {
                    assertEquals(alone, each.get());
                }
            }
        }
        pool.shutdownNow();
    }

    @Test
    void whatCannotBeAskedIsToldInOneSentence() {
        try (VisualAnswerer answerer = load(VILT);
                VisualAnswerer other = load(BLIP)) {
            EmbeddedImage image = answerer.embed(image(VILT));
            assertMessage("a question must have a word, got \"  \"", () -> answerer.ask(image, "  "));
            String longest = "is there a cat ".repeat(20);
            assertMessage("must fit the model's 40 positions, got one of", () -> answerer.ask(image, longest));
            assertMessage("of the answerer that is asked", () -> other.ask(image, "what is it?"));
            assertMessage("must be about 1 images", () -> answerer.embed(image(VILT), image(VILT)));
            Answers unknown = answerer.ask(image, "what is the ☃, the unseenwordxyz?");
            assertEquals(List.of("☃", "unseenwordxyz"), unknown.unknownWords());
            RgbImage thread = RgbImage.of(1, 200, pattern(1, 200));
            ImageException e = assertThrows(ImageException.class, () -> answerer.embed(thread));
            assertTrue(e.getMessage().contains("less elongated"), e.getMessage());
        }
        assertMessage("candidates must differ, got \"red\" as number 1 and 3", () -> AnswerRequest.best()
                .withCandidates(List.of("red", "blue", "red")));
    }

    private static void assertMessage(String part, Runnable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void aClosedAnswererSaysSo() {
        VisualAnswerer answerer = load(VILT);
        EmbeddedImage image = answerer.embed(image(VILT));
        answerer.close();
        answerer.close();
        assertThrows(IllegalStateException.class, () -> answerer.ask(image, "what is it?"));
        assertThrows(IllegalStateException.class, () -> answerer.embed(image(VILT)));
    }
}
