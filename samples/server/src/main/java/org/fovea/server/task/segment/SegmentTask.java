package org.fovea.server.task.segment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.segmentation.hub.PretrainedSam;
import org.fovea.segmentation.hub.SegmenterFamilies;
import org.fovea.server.request.Parameter;
import org.fovea.server.task.Engine;
import org.fovea.server.task.Schemas;
import org.fovea.server.task.Task;
import org.fovea.server.task.TaskModel;

/** The task {@code segment}, of models that see the whole image and of those that need prompts. */
public final class SegmentTask implements Task {
    static final String FORMAT = "format";
    static final String POINTS = "points";
    static final String BOXES = "boxes";
    static final String MULTIMASK = "multimask";

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public String text() {
        return "Gives each pixel of an image a class, and each object a mask; of a SAM what points and boxes ask for.";
    }

    @Override
    public List<ModelCatalog> catalogs() {
        return List.of(PretrainedSam.CATALOG, SegmenterFamilies.CATALOG);
    }

    @Override
    public TaskModel load(Path directory, Engine engine) {
        return PretrainedSam.canRead(directory)
                ? PromptModel.load(directory, engine)
                : SegmentModel.load(directory, engine);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text(
                        FORMAT,
                        "masks (default): a PNG for each class, object or prompt; map: one PNG of all classes, and of"
                                + " objects one of their numbers."),
                Parameter.list(
                        POINTS,
                        "Of a SAM: [[x, y, 1], …] in pixels, 1 on what is wanted and 0 on what is not, for one thing."),
                Parameter.list(BOXES, "Of a SAM: [[left, top, right, bottom], …] in pixels, a thing for each."),
                Parameter.flag(
                        MULTIMASK, "Of a SAM: all masks of each prompt in place of the best; false by default."));
    }

    @Override
    public Map<String, Object> answerSchema() {
        Map<String, Object> masks = Schemas.list(Schemas.object(
                Map.of("label", Schemas.TEXT, "score", Schemas.NUMBER, "mask", Schemas.TEXT),
                "label",
                "score",
                "mask"));
        return Map.of("oneOf", List.of(masks, mapSchema()));
    }

    private static Map<String, Object> mapSchema() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("width", Schemas.INTEGER);
        members.put("height", Schemas.INTEGER);
        members.put("map", Schemas.TEXT);
        members.put(
                "classes",
                Schemas.list(Schemas.object(Map.of(
                        "id", Schemas.INTEGER,
                        "label", Schemas.TEXT,
                        "color", Schemas.TEXT,
                        "share", Schemas.NUMBER,
                        "score", Schemas.NUMBER))));
        members.put("objects_map", Schemas.TEXT);
        members.put(
                "objects",
                Schemas.list(Schemas.object(Map.of(
                        "id", Schemas.INTEGER,
                        "label", Schemas.TEXT,
                        "area", Schemas.INTEGER,
                        "box", Schemas.list(Schemas.INTEGER),
                        "score", Schemas.NUMBER))));
        return Schemas.object(members, "width", "height", "map", "classes");
    }
}
