package org.fovea.captioning;

import java.util.List;

/**
 * The captions of an image.
 *
 * @param all captions, at least one; best first after beam search
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
