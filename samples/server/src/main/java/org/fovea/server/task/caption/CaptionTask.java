package org.fovea.server.task.caption;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.hub.CaptionerFamilies;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.server.request.Parameter;
import org.fovea.server.task.Engine;
import org.fovea.server.task.Schemas;
import org.fovea.server.task.Task;
import org.fovea.server.task.TaskModel;

/** The task {@code caption}. */
public final class CaptionTask implements Task {
    static final String ATTENTION = "attention";

    @Override
    public String name() {
        return "caption";
    }

    @Override
    public String text() {
        return "Describes an image in words; with Accept: text/event-stream a word at a time.";
    }

    @Override
    public List<ModelCatalog> catalogs() {
        return List.of(CaptionerFamilies.CATALOG);
    }

    @Override
    public TaskModel load(Path directory, Engine engine) {
        return CaptionModel.load(directory, engine);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(SearchParameters.ALL);
        all.add(0, Parameter.flag(ATTENTION, "Adds to each word where the model looked; false by default."));
        return all;
    }

    @Override
    public Map<String, Object> answerSchema() {
        Map<String, Object> word = Schemas.object(
                Map.of("text", Schemas.TEXT, "log_probability", Schemas.NUMBER, "attention", Schemas.ATTENTION),
                "text",
                "log_probability");
        return Schemas.list(Schemas.object(
                Map.of("generated_text", Schemas.TEXT, "score", Schemas.NUMBER, "words", Schemas.list(word)),
                "generated_text",
                "score",
                "words"));
    }
}
