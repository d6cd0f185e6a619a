package org.fovea.core.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Carries a checkpoint's preprocessing over to another checkpoint. */
public final class ProcessorFiles {
    private static final String HUB = "preprocessor_config.json";
    private static final String COMBINED = "processor_config.json";
    private static final String COMBINED_KEY = "image_processor";

    private ProcessorFiles() {}

    /**
     * The {@code preprocessor_config.json} of a model made from a checkpoint: as it is there, but for the sizes where the
     * model takes another one, which are those of {@link ImageProcessor#withImageSize}.
     *
     * @param directory of the checkpoint, whose processor {@link ImageProcessor#load} reads
     * @param imagePixels side of the model's square input; 0 for the checkpoint's own
     * @return empty where the checkpoint has no such file: timm's {@code config.json} says it all
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
        JsonNode root = JsonTree.read(text);
        JsonNode described = file.endsWith(HUB) ? root : root.get(COMBINED_KEY);
        if (!(described instanceof ObjectNode json)) {
            return Optional.empty();
        }
        if (imagePixels > 0) {
            resize(
                    json,
                    ImageProcessor.load(directory).withImageSize(imagePixels).steps());
        }
        return Optional.of(json.toPrettyString() + "\n");
    }

    private static void resize(ObjectNode json, ProcessorSteps steps) {
        if (steps.resize() instanceof ResizeRule.Exact exact) {
            sides(json, "size", exact.height(), exact.width());
        } else if (steps.resize() instanceof ResizeRule.ShortestEdge edge) {
            ObjectNode size = json.putObject("size").put("shortest_edge", edge.pixels());
            if (edge.longest() > 0) {
                size.put("longest_edge", edge.longest());
            }
        }
        if (steps.crop() != null) {
            sides(json, "crop_size", steps.crop().height(), steps.crop().width());
        }
    }

    private static void sides(ObjectNode json, String key, int height, int width) {
        json.putObject(key).put("height", height).put("width", width);
    }
}
