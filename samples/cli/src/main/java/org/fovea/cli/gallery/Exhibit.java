package org.fovea.cli.gallery;

import java.util.List;
import org.fovea.core.image.RgbImage;

/**
 * One picture of the gallery.
 *
 * @param id name of its file without extension, and its anchor on the page
 * @param text two sentences: on the mechanism, and on the picture
 * @param blocks classes that it runs
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

    /** File name of the picture. */
    String file() {
        return id + ".png";
    }
}
