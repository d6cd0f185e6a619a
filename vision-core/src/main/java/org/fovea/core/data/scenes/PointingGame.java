package org.fovea.core.data.scenes;

import java.util.Collection;
import org.fovea.core.Check;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.Tensor;

/**
 * The pointing game: a hit where the place with the largest attention shows a part of an object that is meant. A place is
 * 8 pixels of 64, which is the tolerance of the game's authors, 15 pixels to each side of 224. Counts as it goes.
 *
 * @see <a href="https://arxiv.org/abs/1608.00507">Zhang et al. 2016, section 4.2</a>
 */
public final class PointingGame {
    private long games;
    private long hits;
    private double chance;

    /**
     * Plays once.
     *
     * @param objects indices of those that are meant; none is a miss
     * @param attention {@code [rows, columns]} over the whole picture
     */
    public void add(SceneSample sample, Collection<Integer> objects, Tensor attention) {
        Check.that(
                attention.shape().rank() == 2,
                "PointingGame: the attention",
                "be of [rows, columns]",
                attention.shape());
        boolean[] shows = shows(
                sample, objects, attention.shape().dim(0), attention.shape().dim(1));
        int count = 0;
        for (boolean each : shows) {
            count += each ? 1 : 0;
        }
        games++;
        hits += shows[Likeliest.of(attention.toFloats(), 0, shows.length)] ? 1 : 0;
        chance += (double) count / shows.length;
    }

    /** Places that show a pixel of one of the objects. */
    private static boolean[] shows(SceneSample sample, Collection<Integer> objects, int rows, int columns) {
        int height = sample.picture().height();
        int width = sample.picture().width();
        int[] mask = SceneMasks.instances(sample.scene(), Math.min(height, width));
        boolean[] out = new boolean[rows * columns];
        for (int p = 0; p < mask.length; p++) {
            if (mask[p] > 0 && objects.contains(mask[p] - 1)) {
                int row = p / width * rows / height;
                int column = p % width * columns / width;
                out[row * columns + column] = true;
            }
        }
        return out;
    }

    /** Number of games played. */
    public long games() {
        return games;
    }

    /** Share of hits. */
    public double hits() {
        return games == 0 ? 0 : (double) hits / games;
    }

    /** Share of hits that places drawn at random would have. */
    public double chance() {
        return games == 0 ? 0 : chance / games;
    }
}
