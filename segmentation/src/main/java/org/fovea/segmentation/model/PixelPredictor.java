package org.fovea.segmentation.model;

import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.hub.ProgramCache;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/** Runs a {@link PixelNetwork} on images of any size, each continued by its mirror image to a size that fits; thread-safe. */
public final class PixelPredictor implements AutoCloseable {
    private static final int CHANNELS = 3;

    private final PixelNetwork model;
    private final ProgramCache<Size> programs;

    private record Size(int height, int width) {}

    /** Creates a predictor, which reads the weights anew for each image size. */
    public PixelPredictor(PixelNetwork model, Backend backend, WeightSource weights, Precision precision) {
        this.model = model;
        this.programs = new ProgramCache<>(
                "PixelPredictor", size -> backend.compile(model.graph(1, size.height, size.width), weights, precision));
    }

    /** Predicted maps of an image, at the image's own size. */
    public PixelMaps predict(RgbImage image) {
        Size size = new Size(fitting(image.height()), fitting(image.width()));
        Map<String, Tensor> outputs = programs.get(size).run(Map.of(PixelNetwork.PIXELS, pixels(image, size)));
        return PixelMaps.of(model, outputs, size.height, size.width, image.height(), image.width());
    }

    private int fitting(int pixels) {
        return (pixels + model.stride() - 1) / model.stride() * model.stride();
    }

    private static Tensor pixels(RgbImage image, Size size) {
        byte[] rgb = image.toBytes();
        int plane = size.height * size.width;
        float[] out = new float[CHANNELS * plane];
        for (int y = 0, i = 0; y < size.height; y++) {
            int row = mirrored(y, image.height()) * image.width();
            for (int x = 0; x < size.width; x++, i++) {
                int from = CHANNELS * (row + mirrored(x, image.width()));
                for (int c = 0; c < CHANNELS; c++) {
                    out[c * plane + i] = (rgb[from + c] & 0xff) / 255f;
                }
            }
        }
        return Tensor.of(out, 1, CHANNELS, size.height, size.width);
    }

    private static int mirrored(int at, int size) {
        int folded = at % (2 * size);
        return Math.min(folded, 2 * size - 1 - folded);
    }

    @Override
    public void close() {
        programs.close();
    }
}
