package org.fovea.studies.relations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A question about the thing of one color. */
record Question(Scene.Color color, Kind kind) {
    /** Numbers that a network is told of a question: the color, whether it is relational, which of the three it is. */
    static final int WIDTH = 11;

    /** Possible answers: yes, no, square, circle, 1 to 6. */
    static final int ANSWERS = 10;

    private static final int COLORS = Scene.Color.values().length;
    private static final int OF_A_KIND = 3;
    private static final int NO = 1;
    private static final int SQUARE = 2;
    private static final int CIRCLE = 3;
    private static final int BEFORE_COUNTS = 3;

    /** The question asked. */
    enum Kind {
        /** Is it a square or a circle? */
        SHAPE,
        /** Does it lie in the left half? */
        LEFT,
        /** Does it lie in the upper half? */
        TOP,
        /** Shape of the thing closest to it. */
        CLOSEST,
        /** Shape of the thing furthest from it. */
        FURTHEST,
        /** Number of things of its shape, itself counted. */
        COUNT;

        /** Tells whether other things must be looked at to answer it. */
        boolean isRelational() {
            return ordinal() >= OF_A_KIND;
        }
    }

    /** Draws so many different questions that are not relational, then so many that are. */
    static List<Question> draw(Random random, int ofEach) {
        List<Question> out = new ArrayList<>();
        for (boolean relational : new boolean[] {false, true}) {
            List<Question> all = new ArrayList<>(Arrays.stream(Kind.values())
                    .filter(kind -> kind.isRelational() == relational)
                    .flatMap(kind -> Stream.of(Scene.Color.values()).map(color -> new Question(color, kind)))
                    .toList());
            Collections.shuffle(all, random);
            out.addAll(all.subList(0, ofEach));
        }
        return out;
    }

    /** Sets the ones among {@link #WIDTH} zeros. */
    void encode(float[] out, int offset) {
        out[offset + color.ordinal()] = 1;
        out[offset + COLORS + (kind.isRelational() ? 1 : 0)] = 1;
        out[offset + COLORS + 2 + kind.ordinal() % OF_A_KIND] = 1;
    }

    /** The index of the right answer. */
    int answer(Scene scene) {
        Scene.Thing thing = scene.thing(color);
        List<Scene.Thing> others = scene.byDistance(thing);
        return switch (kind) {
            case SHAPE -> shape(thing);
            case LEFT -> scene.isLeft(thing) ? 0 : NO;
            case TOP -> scene.isTop(thing) ? 0 : NO;
            case CLOSEST -> shape(others.get(0));
            case FURTHEST -> shape(others.get(others.size() - 1));
            case COUNT ->
                BEFORE_COUNTS
                        + (int) scene.things().stream()
                                .filter(t -> t.square() == thing.square())
                                .count();
        };
    }

    private static int shape(Scene.Thing thing) {
        return thing.square() ? SQUARE : CIRCLE;
    }
}
