package org.fovea.studies.relations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.fovea.studies.relations.Question.Kind;
import org.fovea.studies.relations.Scene.Color;
import org.junit.jupiter.api.Test;

/** Scenes and the answers to questions about them. */
class SceneTest {
    private static final int YES = 0;
    private static final int NO = 1;
    private static final int SQUARE = 2;
    private static final int CIRCLE = 3;

    /** Red, green, blue, orange, gray, yellow: two squares, four circles. */
    private static final Scene SCENE = new Scene(List.of(
            new Scene.Thing(true, 10, 10),
            new Scene.Thing(false, 22, 10),
            new Scene.Thing(true, 60, 12),
            new Scene.Thing(false, 15, 60),
            new Scene.Thing(false, 66, 66),
            new Scene.Thing(false, 45, 50)));

    @Test
    void answersByHand() {
        assertEquals(SQUARE, answer(Color.RED, Kind.SHAPE));
        assertEquals(CIRCLE, answer(Color.YELLOW, Kind.SHAPE));
        assertEquals(YES, answer(Color.GREEN, Kind.LEFT));
        assertEquals(NO, answer(Color.BLUE, Kind.LEFT));
        assertEquals(YES, answer(Color.BLUE, Kind.TOP));
        assertEquals(NO, answer(Color.ORANGE, Kind.TOP));
        assertEquals(CIRCLE, answer(Color.RED, Kind.CLOSEST)); // green, 12 pixels away
        assertEquals(SQUARE, answer(Color.GREEN, Kind.CLOSEST)); // red
        assertEquals(CIRCLE, answer(Color.RED, Kind.FURTHEST)); // gray, across
        assertEquals(SQUARE, answer(Color.GRAY, Kind.FURTHEST)); // red
        assertEquals(3 + 2, answer(Color.BLUE, Kind.COUNT));
        assertEquals(3 + 4, answer(Color.GRAY, Kind.COUNT));
    }

    private static int answer(Color color, Kind kind) {
        return new Question(color, kind).answer(SCENE);
    }

    @Test
    void paintsEachThingInItsColorOnWhite() {
        int plane = Scene.SIDE * Scene.SIDE;
        float[] picture = new float[3 * plane];
        SCENE.paint(picture, 0);
        assertArrayEquals(new float[] {0, 1, 1}, at(picture, 10, 10), 1e-6f); // red lacks green and blue
        assertArrayEquals(new float[] {0, 1 - 0x9c / 255f, 1}, at(picture, 15, 60), 1e-6f);
        assertArrayEquals(new float[] {0, 0, 0}, at(picture, 37, 37), 0);
        assertArrayEquals(new float[] {0, 1, 1}, at(picture, 15, 15), 1e-6f); // a square's corner
        assertArrayEquals(new float[] {0, 0, 0}, at(picture, 71, 71), 0); // a circle has none
        int inked = 0;
        for (int i = 0; i < plane; i++) {
            inked += picture[2 * plane + i] > 0 ? 1 : 0; // all colors but blue lack some blue
        }
        assertEquals(11 * 11 + 4 * 97, inked);
    }

    private static float[] at(float[] picture, int x, int y) {
        float[] out = new float[3];
        for (int c = 0; c < 3; c++) {
            out[c] = picture[(c * Scene.SIDE + y) * Scene.SIDE + x];
        }
        return out;
    }

    @Test
    void drawnThingsDoNotTouchAndEveryQuestionHasOneAnswer() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Scene scene = Scene.draw(random);
            assertEquals(Color.values().length, scene.things().size());
            for (Scene.Thing thing : scene.things()) {
                assertTrue(Math.min(thing.x(), thing.y()) >= 5 && Math.max(thing.x(), thing.y()) < Scene.SIDE - 5);
                List<Scene.Thing> others = scene.byDistance(thing);
                for (int k = 0; k < others.size(); k++) {
                    Scene.Thing other = others.get(k);
                    assertTrue(Math.abs(thing.x() - other.x()) > 10 || Math.abs(thing.y() - other.y()) > 10);
                    assertTrue(k == 0 || thing.squaredDistance(others.get(k - 1)) < thing.squaredDistance(other));
                }
            }
        }
    }

    @Test
    void questionsOfAQuizAreDifferentAndHalfOfThemRelational() {
        List<Question> drawn = Question.draw(new Random(2), Quiz.OF_EACH);
        assertEquals(Quiz.QUESTIONS, drawn.stream().distinct().count());
        assertEquals(
                Quiz.OF_EACH,
                drawn.stream().filter(q -> q.kind().isRelational()).count());
    }

    @Test
    void encodesColorAndKind() {
        float[] out = new float[Question.WIDTH];
        new Question(Color.BLUE, Kind.FURTHEST).encode(out, 0);
        assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0}, out, 0);
    }
}
