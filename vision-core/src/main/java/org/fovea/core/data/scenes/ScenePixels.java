package org.fovea.core.data.scenes;

import java.util.List;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/** Pictures of scenes as the models that learn from them take them. */
public final class ScenePixels {
    private static final int CHANNELS = 3;
    private static final float HALF = 127.5f;

    private ScenePixels() {}

    /** Converts pictures of the same size to {@code [B, 3, H, W]}, from -1 to 1. */
    public static Tensor of(List<RgbImage> pictures) {
        int height = pictures.get(0).height();
        int width = pictures.get(0).width();
        int plane = height * width;
        float[] out = new float[pictures.size() * CHANNELS * plane];
        for (int i = 0; i < pictures.size(); i++) {
            byte[] rgb = pictures.get(i).toBytes();
            for (int c = 0; c < CHANNELS; c++) {
                int begin = (i * CHANNELS + c) * plane;
                for (int p = 0; p < plane; p++) {
                    out[begin + p] = (rgb[CHANNELS * p + c] & 0xff) / HALF - 1;
                }
            }
        }
        return Tensor.of(out, pictures.size(), CHANNELS, height, width);
    }
}
