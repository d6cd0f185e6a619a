package org.fovea.core.data.scenes;

import java.util.List;

/** Spatial relation of one object to another. */
public enum Relation {
    LEFT("to the left of", "left of") {
        @Override
        double margin(Scene scene, int a, int b) {
            return scene.objects().get(b).x() - scene.objects().get(a).x();
        }
    },
    RIGHT("to the right of", "right of") {
        @Override
        double margin(Scene scene, int a, int b) {
            return -LEFT.margin(scene, a, b);
        }
    },
    ABOVE("above", "over") {
        @Override
        double margin(Scene scene, int a, int b) {
            return scene.objects().get(b).y() - scene.objects().get(a).y();
        }
    },
    BELOW("below", "under", "beneath") {
        @Override
        double margin(Scene scene, int a, int b) {
            return -ABOVE.margin(scene, a, b);
        }
    },
    BEHIND("behind") {
        @Override
        double margin(Scene scene, int a, int b) {
            return scene.overlaps(a, b) && a < b ? 1 : -1;
        }
    },
    IN_FRONT_OF("in front of") {
        @Override
        double margin(Scene scene, int a, int b) {
            return scene.overlaps(a, b) && a > b ? 1 : -1;
        }
    },
    NEXT_TO("next to", "nearest to", "closest to") {
        @Override
        double margin(Scene scene, int a, int b) {
            return scene.nearest(b).orElse(-1) == a ? 1 : -1;
        }
    };

    /** Minimum margin for captions and questions, as a fraction of the picture's shorter side. */
    static final double CLEAR = 0.1;

    private final List<String> phrases;

    Relation(String... phrases) {
        this.phrases = List.of(phrases);
    }

    /** Phrases that express the relation, the most usual one first. */
    public List<String> phrases() {
        return phrases;
    }

    /** Margin by which the relation holds for objects a and b; not positive if it does not hold. */
    abstract double margin(Scene scene, int a, int b);

    /** Returns whether the relation holds for objects a and b, however narrowly. */
    public boolean holds(Scene scene, int a, int b) {
        return a != b && margin(scene, a, b) > 0;
    }

    /** Returns whether the relation holds so clearly that a person would say so. */
    boolean isClear(Scene scene, int a, int b) {
        return a != b && margin(scene, a, b) >= CLEAR;
    }
}
