package org.fovea.cli.gallery;

import java.util.List;
import org.fovea.core.image.RgbImage;

/**
 * One picture of the gallery.
 *
 * @param id its file's name without ending, and its anchor
 * @param text two sentences: what the mechanism does, and what the picture shows
 * @param blocks the classes that it runs
 */
record Exhibit(String id, String title, String text, List<Paper> papers, List<Class<?>> blocks, Painter painter) {
    /** Draws the picture. */
    @FunctionalInterface
    interface Painter {
        RgbImage paint(Studio studio);
    }

    Exhibit {
        papers = List.copyOf(papers);
        blocks = List.copyOf(blocks);
    }

    /** The picture's file name. */
    String file() {
        return id + ".png";
    }
}
