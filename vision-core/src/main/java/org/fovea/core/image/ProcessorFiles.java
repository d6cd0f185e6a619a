package org.fovea.core.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.io.JsonText;

/** Carries a checkpoint's preprocessing over to another checkpoint. */
public final class ProcessorFiles {
    private static final String HUB = "preprocessor_config.json";
    private static final String COMBINED = "processor_config.json";
    private static final String COMBINED_KEY = "image_processor";

    private ProcessorFiles() {}

    /**
     * Content of {@code preprocessor_config.json} for a model derived from a checkpoint: that of the checkpoint, with the sizes
     * of {@link ImageProcessor#withImageSize} if the model has another size.
     *
     * @param directory of the checkpoint, whose processor {@link ImageProcessor#load} reads
     * @param imagePixels side of the model's square input; 0 for the checkpoint's own
     * @return empty if the checkpoint has no such file, since timm's {@code config.json} is sufficient
     * @throws IOException when the file cannot be read
     */
    public static Optional<String> preprocessorConfig(Path directory, int imagePixels) throws IOException {
        Path file = directory.resolve(Files.exists(directory.resolve(HUB)) ? HUB : COMBINED);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file);
        if (imagePixels == 0 && file.endsWith(HUB)) {
            return Optional.of(text);
        }
        ConfigFile root = ConfigFile.read(file);
        Optional<ConfigFile> described = file.endsWith(HUB) ? Optional.of(root) : root.object(COMBINED_KEY);
        if (described.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> json = new LinkedHashMap<>(described.get().values());
        if (imagePixels > 0) {
            resize(
                    json,
                    ImageProcessor.load(directory).withImageSize(imagePixels).steps());
        }
        return Optional.of(JsonText.of(json));
    }

    private static void resize(Map<String, Object> json, ProcessorSteps steps) {
        if (steps.resize() instanceof ResizeRule.Exact exact) {
            sides(json, "size", exact.height(), exact.width());
        } else if (steps.resize() instanceof ResizeRule.ShortestEdge edge) {
            Map<String, Object> size = new LinkedHashMap<>(Map.of("shortest_edge", edge.pixels()));
            if (edge.longest() > 0) {
                size.put("longest_edge", edge.longest());
            }
            json.put("size", size);
        } else if (steps.resize() instanceof ResizeRule.LongestEdge edge) {
            json.put("size", Map.of("longest_edge", edge.pixels()));
        }
        if (steps.framing() != null) {
            String key = steps.framing() instanceof CornerPad ? "pad_size" : "crop_size";
            sides(json, key, steps.framing().height(), steps.framing().width());
        }
    }

    private static void sides(Map<String, Object> json, String key, int height, int width) {
        Map<String, Object> size = new LinkedHashMap<>();
        size.put("height", height);
        size.put("width", width);
        json.put(key, size);
    }
}
