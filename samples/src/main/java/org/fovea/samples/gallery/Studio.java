package org.fovea.samples.gallery;

import org.fovea.core.backend.Backend;
import org.fovea.core.image.RgbImage;

/** What every exhibit is drawn with: the backend that runs the blocks, and the picture they look at. */
final class Studio {
    static final int WIDTH = 448;
    static final int HEIGHT = 320;
    /** Side of the patches that most exhibits cut the picture into. */
    static final int PATCH = 16;
    /** The time of the still picture. */
    static final double STILL = 0.5;

    private final Backend backend;
    private final RgbImage photo = Scene.at(STILL);

    Studio(Backend backend) {
        this.backend = backend;
    }

    /** The still picture. */
    RgbImage photo() {
        return photo;
    }

    /** The still picture's patches. */
    PatchTokens patches() {
        return PatchTokens.of(photo, PATCH);
    }

    /** A graph to be built and run. */
    Sketch sketch() {
        return new Sketch(backend);
    }
}
