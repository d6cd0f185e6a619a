package org.fovea.cli.bench;

import java.nio.FloatBuffer;
import java.util.Random;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.model.ClassifierConfig;

/** Input for measuring, where it does not matter what is on the images. */
final class NoiseImages {
    private NoiseImages() {}

    /** Normally distributed samples: {@code [B, C, H, W]}, float32, mean 0, standard deviation 1. */
    static Tensor of(ClassifierConfig config, int batch, long seed) {
        return of(seed, batch, config.channels(), config.imageHeight(), config.imageWidth());
    }

    /** Normally distributed samples of any shape. */
    static Tensor of(long seed, int... sizes) {
        Tensor out = Tensor.zeros(DType.F32, Shape.of(sizes));
        FloatBuffer floats = out.buffer().asFloatBuffer();
        Random random = new Random(seed);
        while (floats.hasRemaining()) {
            floats.put((float) random.nextGaussian());
        }
        return out;
    }
}
