package org.fovea.cli.gallery;

import java.util.HashMap;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.image.RgbImage;

/** Tools that every exhibit is drawn with: the backend that runs the blocks, and the picture they look at. */
final class Studio {
    static final int WIDTH = 448;
    static final int HEIGHT = 320;
    /** Side of the patches that most exhibits divide the picture into. */
    static final int PATCH = 16;
    /** Time of the still picture. */
    static final double STILL = 0.5;

    private final Backend backend;
    private final Map<Double, RgbImage> pictures = new HashMap<>();

    Studio(Backend backend) {
        this.backend = backend;
    }

    /** Backend that runs the blocks. */
    Backend backend() {
        return backend;
    }

    /** The still picture. */
    RgbImage photo() {
        return at(STILL);
    }

    /** Picture at a time from 0 to 1, rendered once. */
    RgbImage at(double time) {
        return pictures.computeIfAbsent(time, Scene::at);
    }

    /** Patches of the still picture. */
    PatchTokens patches() {
        return PatchTokens.of(photo(), PATCH);
    }

    /** Creates a graph to be built and run. */
    Sketch sketch() {
        return new Sketch(backend);
    }
}
