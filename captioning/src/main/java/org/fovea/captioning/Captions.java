package org.fovea.captioning;

import java.util.List;

/**
 * The captions of an image.
 *
 * @param all the best first where several beams were asked for; at least one
 */
public record Captions(List<Caption> all) {
    /** Copies the list. */
    public Captions {
        all = List.copyOf(all);
    }

    /** The first caption. */
    public Caption best() {
        return all.get(0);
    }
}
