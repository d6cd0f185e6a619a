package org.fovea.core.data.scenes;

import java.util.Collection;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
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
     * Plays a round.
     *
     * @param objects indices of the objects that count as hits; an empty list is a miss
     * @param attention {@code [rows, columns]} over the whole picture
     */
    public void add(SceneSample sample, Collection<Integer> objects, Tensor attention) {
        Check.that(
                attention.shape().rank() == 2,
                "PointingGame: the attention",
                "be of [rows, columns]",
                attention.shape());
        boolean[][] shows = SceneMasks.places(
                sample, attention.shape().dim(0), attention.shape().dim(1));
        IntPredicate hit = place -> objects.stream().anyMatch(object -> shows[object][place]);
        int places = attention.shape().dim(0) * attention.shape().dim(1);
        games++;
        hits += hit.test(Likeliest.of(attention.toFloats(), 0, places)) ? 1 : 0;
        chance += (double) IntStream.range(0, places).filter(hit).count() / places;
    }

    /** Number of rounds. */
    public long games() {
        return games;
    }

    /** Fraction of hits. */
    public double hits() {
        return games == 0 ? 0 : (double) hits / games;
    }

    /** Expected fraction of hits for random positions. */
    public double chance() {
        return games == 0 ? 0 : chance / games;
    }
}
