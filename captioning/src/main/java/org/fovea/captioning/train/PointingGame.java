package org.fovea.captioning.train;

import java.util.List;
import org.fovea.core.data.scenes.CaptionObjects;
import org.fovea.core.data.scenes.SceneMasks;
import org.fovea.core.data.scenes.SceneSample;
import org.fovea.core.metric.Likeliest;

/**
 * The pointing game for content words: a hit where the place with the largest attention shows a part of an object that the word
 * names. A place is 8 pixels of 64, which is the tolerance of the game's authors, 15 pixels to each side of 224.
 *
 * @see <a href="https://arxiv.org/abs/1608.00507">Zhang et al. 2016, section 4.2</a>
 */
final class PointingGame {
    private long words;
    private long hits;
    private double chance;

    /** Counts the content words of a caption; those that name nothing in the scene are misses. */
    void add(SceneSample sample, WrittenCaption caption) {
        if (caption.attention().isEmpty()) {
            return;
        }
        int side = (int) Math.round(Math.sqrt(caption.attention().get(0).length));
        int pixels = sample.picture().height();
        int[] mask = SceneMasks.instances(sample.scene(), pixels);
        List<List<Integer>> named =
                CaptionObjects.of(sample.scene(), List.of(caption.text().split(" ")));
        for (int i = 0; i < named.size(); i++) {
            if (named.get(i) == null) {
                continue;
            }
            float[] attention = caption.attention().get(i);
            boolean[] shows = shows(mask, pixels, side, named.get(i));
            int count = 0;
            for (boolean each : shows) {
                count += each ? 1 : 0;
            }
            words++;
            hits += shows[Likeliest.of(attention, 0, attention.length)] ? 1 : 0;
            chance += (double) count / shows.length;
        }
    }

    /** For each place, whether it shows a pixel of one of the objects. */
    private static boolean[] shows(int[] mask, int pixels, int side, List<Integer> objects) {
        boolean[] out = new boolean[side * side];
        for (int p = 0; p < mask.length; p++) {
            if (mask[p] > 0 && objects.contains(mask[p] - 1)) {
                int row = p / pixels * side / pixels;
                int column = p % pixels * side / pixels;
                out[row * side + column] = true;
            }
        }
        return out;
    }

    /** Share of hits. */
    double hits() {
        return words == 0 ? 0 : (double) hits / words;
    }

    /** Share of hits that a place drawn at random would have. */
    double chance() {
        return words == 0 ? 0 : chance / words;
    }
}
