package org.fovea.server.task.ask;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.server.request.Parameter;
import org.fovea.server.task.Engine;
import org.fovea.server.task.Schemas;
import org.fovea.server.task.Task;
import org.fovea.server.task.TaskModel;
import org.fovea.vqa.hub.AnswererFamilies;

/** The task {@code ask}. */
public final class AskTask implements Task {
    static final String QUESTION = "question";
    static final String TOP_K = "top_k";
    static final String ANSWERS = "answers";
    static final String ATTENTION = "attention";

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public String text() {
        return "Answers a question about an image; the image is looked at once for many questions.";
    }

    @Override
    public List<ModelCatalog> catalogs() {
        return List.of(AnswererFamilies.CATALOG);
    }

    @Override
    public TaskModel load(Path directory, Engine engine) {
        return AskModel.load(directory, engine);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.text(QUESTION, "The question; needed."),
                Parameter.integer(TOP_K, "Answers to list; 5 by default, 1 of a model that writes its answers."),
                Parameter.list(ANSWERS, "Answers to choose among."),
                Parameter.flag(ATTENTION, "Adds to the first entry where the model looked; false by default."));
    }

    @Override
    public Map<String, Object> answerSchema() {
        Map<String, Object> word = Schemas.object(
                Map.of("text", Schemas.TEXT, "weight", Schemas.NUMBER, "attention", Schemas.ATTENTION),
                "text",
                "weight");
        return Schemas.list(Schemas.object(
                Map.of(
                        "answer", Schemas.TEXT,
                        "score", Schemas.NUMBER,
                        "attention", Schemas.ATTENTION,
                        "words", Schemas.list(word),
                        "unknown_words", Schemas.list(Schemas.TEXT)),
                "answer",
                "score"));
    }
}
