package org.fovea.cli.gallery;

import java.util.HashMap;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.image.RgbImage;

/** Tools that every exhibit is drawn with: the backend that runs the blocks, and the picture they look at. */
final class Studio {
    static final int WIDTH = 448;
    static final int HEIGHT = 320;
    /** Side of the patches that most exhibits cut the picture into. */
    static final int PATCH = 16;
    /** The time of the still picture. */
    static final double STILL = 0.5;

    private final Backend backend;
    private final Map<Double, RgbImage> pictures = new HashMap<>();

    Studio(Backend backend) {
        this.backend = backend;
    }

    /** The backend that runs the blocks. */
    Backend backend() {
        return backend;
    }

    /** The still picture. */
    RgbImage photo() {
        return at(STILL);
    }

    /** The picture at a time from 0 to 1, computed once. */
    RgbImage at(double time) {
        return pictures.computeIfAbsent(time, Scene::at);
    }

    /** The still picture's patches. */
    PatchTokens patches() {
        return PatchTokens.of(photo(), PATCH);
    }

    /** A graph to be built and run. */
    Sketch sketch() {
        return new Sketch(backend);
    }
}
