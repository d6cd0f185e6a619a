package org.fovea.core.data.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.fovea.core.data.scenes.CaptionTruth.Verdict;
import org.fovea.core.data.scenes.SceneQuestion.Kind;
import org.junit.jupiter.api.Test;

class ScenesTest {
    private static final SceneObject RED_STAR = object(ObjectShape.STAR, ObjectColor.RED, 0.2, 0.3);
    private static final SceneObject BLUE_RING = object(ObjectShape.RING, ObjectColor.BLUE, 0.7, 0.3);
    private static final SceneObject RED_RING = object(ObjectShape.RING, ObjectColor.RED, 0.7, 0.75);
    private static final Scene THREE = new Scene(1, 1, Background.TILED, List.of(RED_STAR, BLUE_RING, RED_RING));

    private final SceneGenerator generator = new SceneGenerator(SceneOptions.defaults());

    @Test
    void everyCaptionIsTrueOfItsSceneAndOfFewOthers() {
        SplittableRandom random = new SplittableRandom(1);
        Set<String> captions = new HashSet<>();
        int trueElsewhere = 0;
        for (int seed = 0; seed < 2000; seed++) {
            Scene scene = generator.scene(seed);
            String caption = CaptionWriter.write(scene, random).text();
            assertEquals(Verdict.TRUE, CaptionTruth.judge(scene, caption), () -> caption + " of " + scene);
            trueElsewhere += CaptionTruth.isTrue(generator.scene(seed + 10_000), caption) ? 1 : 0;
            captions.add(caption);
        }
        assertTrue(captions.size() > 1800, captions.size() + " different captions");
        assertTrue(trueElsewhere < 100, trueElsewhere + " captions true of another scene");
    }

    @Test
    void judgeKnowsTrueFromFalse() {
        for (String text : List.of(
                "a red star",
                "A picture of two rings and a star.",
                "there are two red objects",
                "a red star is to the left of a blue ring",
                "the blue ring above a red ring",
                "a star to the left of two rings",
                "one star above a red ring",
                "a blue ring , a red ring and a red star on a tiled background")) {
            assertEquals(Verdict.TRUE, CaptionTruth.judge(THREE, text), text);
        }
        for (String text : List.of(
                "a blue star",
                "two stars",
                "three stars to the left of a blue ring",
                "a star to the left of three rings",
                "two red objects to the left of a blue ring",
                "one ring",
                "a blue ring and a blue ring",
                "a blue ring to the left of a red star",
                "a red star behind a blue ring",
                "a red star on a wooden background")) {
            assertEquals(Verdict.FALSE, CaptionTruth.judge(THREE, text), text);
        }
        for (String text : List.of("", "a red", "star star", "a red green star", "a dog", "two", "a star of a ring")) {
            assertEquals(Verdict.NOT_UNDERSTOOD, CaptionTruth.judge(THREE, text), text);
        }
    }

    @Test
    void contentCountsWhatACaptionSays() {
        assertEquals(new CaptionContent(1, 2, 0, 0), CaptionContent.of("a red star"));
        assertEquals(new CaptionContent(3, 3, 0, 0), CaptionContent.of("A picture of two rings and a star."));
        assertEquals(
                new CaptionContent(2, 6, 1, 1),
                CaptionContent.of("a small red star is to the left of a striped blue ring on a tiled background"));
        assertEquals(CaptionContent.of("a star"), CaptionContent.of("a star , a star and a star"));
        assertEquals(CaptionContent.NONE, CaptionContent.of("a dog to the left of a ring"));
        assertEquals(0, CaptionContent.of("an object").facts());
        assertEquals(8, new CaptionContent(2, 6, 1, 1).facts());
    }

    @Test
    void answersFollowFromTheScene() {
        assertEquals("2", answerTo("how many rings are there?", Kind.COUNT));
        assertEquals("blue", answerTo("what color is the blue ring?", Kind.ATTRIBUTE, "what color is the"));
        Map<Kind, Map<String, Integer>> answers = new EnumMap<>(Kind.class);
        SplittableRandom random = new SplittableRandom(2);
        for (int seed = 0; seed < 3000; seed++) {
            for (Kind kind : Kind.values()) {
                QuestionWriter.write(generator.scene(seed), kind, random)
                        .ifPresent(q -> answers.computeIfAbsent(q.kind(), k -> new java.util.TreeMap<>())
                                .merge(q.answer(), 1, Integer::sum));
            }
        }
        for (Kind kind : List.of(Kind.EXISTENCE, Kind.COMPARISON)) {
            double yes = answers.get(kind).get("yes");
            double no = answers.get(kind).get("no");
            assertTrue(yes / (yes + no) > 0.4 && yes / (yes + no) < 0.6, kind + " " + answers.get(kind));
        }
        assertTrue(
                answers.get(Kind.ATTRIBUTE).size() >= 20,
                answers.get(Kind.ATTRIBUTE).toString());
    }

    private static String answerTo(String text, Kind kind) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 5000; i++) {
            var question = QuestionWriter.write(THREE, kind, random).orElseThrow();
            if (question.text().equals(text)) {
                return question.answer();
            }
        }
        throw new AssertionError("never asked: " + text);
    }

    /** The star is the only one of its shape: its color is asked for without being said. */
    private static String answerTo(String never, Kind kind, String prefix) {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 5000; i++) {
            var question = QuestionWriter.write(THREE, kind, random).orElseThrow();
            assertNotEquals(never, question.text());
            if (question.text().startsWith(prefix)) {
                assertEquals("red", question.answer(), question.text());
                return "blue";
            }
        }
        throw new AssertionError("never asked: " + prefix);
    }

    @Test
    void heldOutCombinationsAreOnlyWhereAskedFor() {
        SceneGenerator heldOut = new SceneGenerator(SceneOptions.defaults().with(Combinations.HELD_OUT));
        for (int seed = 0; seed < 500; seed++) {
            assertFalse(generator.scene(seed).objects().stream()
                    .anyMatch(o -> Combinations.isHeldOut(o.color(), o.shape())));
            assertTrue(
                    heldOut.scene(seed).objects().stream().anyMatch(o -> Combinations.isHeldOut(o.color(), o.shape())));
        }
    }

    @Test
    void aSeedGivesTheSamePictureAndOtherSeedsOthers() {
        Scene scene = generator.scene(5);
        assertEquals(scene, generator.scene(5));
        assertEquals(ScenePainter.paint(scene, 64), ScenePainter.paint(generator.scene(5), 64));
        assertNotEquals(ScenePainter.paint(scene, 64), ScenePainter.paint(generator.scene(6), 64));
    }

    @Test
    void everyObjectIsSeenInItsMask() {
        for (int seed = 0; seed < 300; seed++) {
            Scene scene = generator.scene(seed);
            int[] mask = SceneMasks.instances(scene, 96);
            for (int i = 1; i <= scene.objects().size(); i++) {
                int label = i;
                long pixels = Arrays.stream(mask).filter(v -> v == label).count();
                assertTrue(pixels > 20, "object " + i + " of " + scene + " has " + pixels + " pixels");
            }
            int labels = (int) Arrays.stream(mask).distinct().count();
            assertEquals(scene.objects().size() + 1, labels);
        }
    }

    private static SceneObject object(ObjectShape shape, ObjectColor color, double x, double y) {
        return new SceneObject(shape, color, ObjectTexture.PLAIN, ObjectSize.LARGE, x, y, 0.13, 0);
    }
}
