package org.fovea.segmentation.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.model.PixelNetwork;

/**
 * Saves segmenters that were trained here as checkpoint directories, which {@link PretrainedSegmenter#open} takes: {@code
 * config.json}, {@code preprocessor_config.json} and {@code model.safetensors}.
 */
public final class SegmenterWriter {
    private static final int BILINEAR = 2;

    private SegmenterWriter() {}

    /**
     * Writes a model.
     *
     * @param directory created if it is missing
     * @param labels class names, the background first
     * @param watershed parameters of the watershed; unused by a network without distance
     * @param tilePixels side of the tiles in which it processes images
     * @throws IllegalArgumentException when there are not as many labels as classes
     */
    public static void save(
            Path directory,
            PixelNetwork model,
            Parameters weights,
            List<String> labels,
            Watershed watershed,
            int tilePixels)
            throws IOException {
        saveDescription(directory, model, labels, watershed, tilePixels);
        saveWeights(directory, model, weights);
    }

    /** Writes all files except the weights; see {@link #save}. */
    public static void saveDescription(
            Path directory, PixelNetwork model, List<String> labels, Watershed watershed, int tilePixels)
            throws IOException {
        if (labels.size() != model.classes()) {
            throw new IllegalArgumentException("SegmenterWriter: there must be a label for each of the "
                    + model.classes() + " classes, got " + labels);
        }
        Files.createDirectories(directory);
        AtomicFile.write(directory.resolve("preprocessor_config.json"), JsonText.of(preprocessing(tilePixels)));
        AtomicFile.write(
                directory.resolve("config.json"),
                JsonText.of(FoveaSegmenter.config(model, labels, watershed, tilePixels)));
    }

    /** Writes the weights, which complete the directory. */
    public static void saveWeights(Path directory, PixelNetwork model, Parameters weights) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        model.parameterShapes().keySet().forEach(name -> writer.add(name, weights.tensor(name)));
        writer.write(directory.resolve(Checkpoint.SINGLE_FILE));
    }

    private static Map<String, Object> preprocessing(int pixels) {
        Map<String, Object> size = new LinkedHashMap<>();
        size.put("height", pixels);
        size.put("width", pixels);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("image_processor_type", "ViTImageProcessor");
        out.put("do_resize", true);
        out.put("size", size);
        out.put("resample", BILINEAR);
        out.put("do_rescale", true);
        out.put("rescale_factor", 1 / 255.0);
        out.put("do_normalize", false);
        return out;
    }
}
