package org.fovea.server.task.classify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.server.request.Parameter;
import org.fovea.server.task.Engine;
import org.fovea.server.task.Schemas;
import org.fovea.server.task.Task;
import org.fovea.server.task.TaskModel;
import org.fovea.vit.ClassifierCatalog;

/** The task {@code classify}. */
public final class ClassifyTask implements Task {
    static final String TOP_K = "top_k";
    static final String ATTENTION = "attention";

    @Override
    public String name() {
        return "classify";
    }

    @Override
    public String text() {
        return "Names the likeliest classes of an image, best first.";
    }

    @Override
    public List<ModelCatalog> catalogs() {
        return List.of(new ClassifierCatalog());
    }

    @Override
    public TaskModel load(Path directory, Engine engine) {
        return ClassifyModel.load(directory, engine);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.integer(TOP_K, "Classes to list, 5 by default."),
                Parameter.flag(ATTENTION, "Adds to the first entry where the model looked; false by default."));
    }

    @Override
    public Map<String, Object> answerSchema() {
        return Schemas.list(Schemas.object(
                Map.of("label", Schemas.TEXT, "score", Schemas.NUMBER, "attention", Schemas.ATTENTION),
                "label",
                "score"));
    }
}
