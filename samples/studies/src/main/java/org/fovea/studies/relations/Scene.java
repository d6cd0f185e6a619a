package org.fovea.studies.relations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A picture of 75x75 pixels with one square or circle of each of six colors, none over another.
 *
 * @param things in the order of their colors
 * @see <a href="https://arxiv.org/abs/1706.01427">Santoro et al. 2017, section 4.3</a>
 */
record Scene(List<Thing> things) {
    /** Side of the picture, in pixels. */
    static final int SIDE = 75;

    /** From the middle of a thing to its edge, in pixels, its middle not counted. */
    private static final int REACH = 5;

    private static final int MIDDLE = SIDE / 2;

    /** The attribute that tells things apart. */
    enum Color {
        RED(0xff0000),
        GREEN(0x00ff00),
        BLUE(0x0000ff),
        ORANGE(0xff9c00),
        GRAY(0x808080),
        YELLOW(0xffff00);

        private final int rgb;

        Color(int rgb) {
            this.rgb = rgb;
        }
    }

    /** A square or a circle with its middle at a pixel. */
    record Thing(boolean square, int x, int y) {
        int squaredDistance(Thing other) {
            return (x - other.x) * (x - other.x) + (y - other.y) * (y - other.y);
        }

        private boolean overlaps(Thing other) {
            return Math.max(Math.abs(x - other.x), Math.abs(y - other.y)) <= 2 * REACH;
        }

        private boolean covers(int atX, int atY) {
            int down = Math.abs(atY - y);
            int right = Math.abs(atX - x);
            return square ? Math.max(down, right) <= REACH : down * down + right * right <= REACH * REACH + REACH;
        }
    }

    /** Draws a scene in which every question has one answer: no two things equally far from a third, none in the middle. */
    static Scene draw(RandomGenerator random) {
        while (true) {
            Scene scene = new Scene(places(random));
            if (!scene.isAmbiguous()) {
                return scene;
            }
        }
    }

    private static List<Thing> places(RandomGenerator random) {
        List<Thing> out = new ArrayList<>();
        while (out.size() < Color.values().length) {
            Thing thing = new Thing(
                    random.nextBoolean(), random.nextInt(REACH, SIDE - REACH), random.nextInt(REACH, SIDE - REACH));
            if (thing.x() != MIDDLE && thing.y() != MIDDLE && out.stream().noneMatch(thing::overlaps)) {
                out.add(thing);
            }
        }
        return out;
    }

    private boolean isAmbiguous() {
        return things.stream()
                .anyMatch(thing -> things.stream()
                                .mapToInt(thing::squaredDistance)
                                .distinct()
                                .count()
                        < things.size());
    }

    Thing thing(Color color) {
        return things.get(color.ordinal());
    }

    /** Returns whether a thing's middle lies in the left half. */
    boolean isLeft(Thing thing) {
        return thing.x() < MIDDLE;
    }

    /** Returns whether a thing's middle lies in the upper half. */
    boolean isTop(Thing thing) {
        return thing.y() < MIDDLE;
    }

    /** The other things, nearest first. */
    List<Thing> byDistance(Thing from) {
        return things.stream()
                .filter(thing -> thing != from)
                .sorted(Comparator.comparingInt(from::squaredDistance))
                .toList();
    }

    /**
     * Writes the picture, {@code [3, 75, 75]}: how much red, green and blue each pixel lacks, 0 to 1. White is 0, as is what
     * convolutions see beyond the edges.
     *
     * @param out zeros
     */
    void paint(float[] out, int offset) {
        int plane = SIDE * SIDE;
        for (Color color : Color.values()) {
            Thing thing = thing(color);
            for (int y = thing.y() - REACH; y <= thing.y() + REACH; y++) {
                for (int x = thing.x() - REACH; x <= thing.x() + REACH; x++) {
                    for (int c = 0; thing.covers(x, y) && c < 3; c++) {
                        int byteOfColor = color.rgb >> 8 * (2 - c) & 0xff;
                        out[offset + c * plane + y * SIDE + x] = 1 - byteOfColor / 255f;
                    }
                }
            }
        }
    }
}
