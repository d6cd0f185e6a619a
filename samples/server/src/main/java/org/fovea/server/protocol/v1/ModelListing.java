package org.fovea.server.protocol.v1;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.server.model.ModelState;
import org.fovea.server.model.Models;
import org.fovea.server.model.ServedModel;
import org.fovea.server.task.Task;
import org.fovea.vit.ShippedModels;

/** The models as JSON. */
record ModelListing(Models models, String precision) {
    Map<String, Object> json() {
        return Map.of("models", models.all().stream().map(this::entry).toList());
    }

    private Map<String, Object> entry(ServedModel model) {
        ModelState state = model.state();
        Optional<Task> task = model.task();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", model.name());
        out.put("task", task.map(Task::name).orElse(null));
        out.put("state", state.json());
        out.put("reason", model.reason().orElse(null));
        out.put("default", task.flatMap(models::usual).filter(model::equals).isPresent());
        out.put("precision", precision);
        out.put("load_seconds", state == ModelState.LOADING ? null : (Double) model.loadSeconds());
        out.put("shipped", model.isShipped());
        out.put("summary", model.isShipped() ? ShippedModels.summary(model.name()) : null);
        if (state == ModelState.READY) {
            model.description().ifPresent(described -> {
                out.put("description", described.summary().rows());
                out.put("parameters", BigInteger.valueOf(described.parameterCount()));
            });
            out.putAll(model.ready().facts());
        }
        return out;
    }
}
