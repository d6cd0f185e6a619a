package org.fovea.server.protocol.oip;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.server.model.Models;
import org.fovea.server.model.ServedModel;
import org.fovea.server.protocol.Access;
import org.fovea.server.protocol.Answer;
import org.fovea.server.protocol.Client;
import org.fovea.server.protocol.Describe;
import org.fovea.server.protocol.Json;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;
import org.fovea.server.protocol.Runner;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.JsonTree;
import org.fovea.server.request.RequestReader;
import org.fovea.server.request.Shown;
import org.fovea.server.task.TensorModel;
import org.fovea.server.task.TensorRow;
import org.fovea.server.task.TensorSpec;

/**
 * The Open Inference Protocol v2.
 *
 * @param version version of the server
 * @see <a href="https://github.com/kserve/open-inference-protocol">its specification</a>
 */
public record InferenceProtocol(String version, Models models, RequestReader reader, Runner runner)
        implements Protocol {
    private static final String MODEL = "model";
    private static final String VERSION = "version";
    /** Version of every model: only the loaded one exists. */
    private static final String ONLY_VERSION = "1";

    @Override
    public List<Route> routes() {
        List<Route> all = new ArrayList<>();
        all.add(Route.get(
                "/v2", Access.TOKEN, operation("Name and version of the server.", "ServerMetadata"), this::server));
        for (String model : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            all.add(Route.get(
                    model, Access.TOKEN, described(model, "Inputs and outputs.", "ModelMetadata"), this::metadata));
            all.add(Route.get(
                    model + "/ready",
                    Access.TOKEN,
                    described(model, "Tells whether the model is loaded.", "ModelReady"),
                    this::ready));
            Map<String, Object> infer = described(model, "Computes.", "InferenceResponse");
            infer.put(
                    "requestBody",
                    Map.of("required", true, "content", Describe.content("application/json", ref("InferenceRequest"))));
            all.add(Route.post(model + "/infer", infer, this::infer));
        }
        return all;
    }

    private static Map<String, Object> ref(String schema) {
        return Map.of("$ref", "#/components/schemas/" + schema);
    }

    private static Map<String, Object> operation(String text, String schema) {
        return Describe.operation(text, ref(schema));
    }

    private static Map<String, Object> described(String path, String text, String schema) {
        Map<String, Object> out = operation(text, schema);
        List<Object> parameters = new ArrayList<>(List.of(Describe.path(MODEL, "A name of /v1/models.")));
        if (path.contains(VERSION)) {
            parameters.add(Describe.path(VERSION, ONLY_VERSION));
        }
        out.put("parameters", parameters);
        return out;
    }

    private void server(Context ctx) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", "fovea");
        out.put("version", version);
        out.put("extensions", List.of());
        Json.answer(ctx, out);
    }

    private void metadata(Context ctx) {
        ServedModel model = model(ctx);
        TensorModel tensors = model.ready().tensors();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", model.name());
        out.put("versions", List.of(ONLY_VERSION));
        out.put("platform", "fovea");
        out.put("inputs", tensors.inputs().stream().map(TensorSpec::json).toList());
        out.put("outputs", tensors.outputs().stream().map(TensorSpec::json).toList());
        Json.answer(ctx, out);
    }

    private void ready(Context ctx) {
        ServedModel model = model(ctx);
        model.ready();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", model.name());
        out.put("ready", true);
        Json.answer(ctx, out);
    }

    private void infer(Context ctx) {
        ServedModel model = model(ctx);
        InferenceRequest request = InferenceRequest.read(JsonTree.object(reader.body(ctx)));
        TensorModel tensors = model.ready().tensors();
        request.parameters().checkNames(model.task().orElseThrow().parameters());
        List<TensorSpec> outputs = request.outputs(tensors);
        List<Answer> answers = runner.runAll(model, request.calls(tensors), Client.of(ctx)::isGone);
        ctx.header("X-Fovea-Model", model.name());
        ctx.header("Server-Timing", answers.get(answers.size() - 1).timings().header());
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_name", model.name());
        out.put("model_version", ONLY_VERSION);
        request.id().ifPresent(id -> out.put("id", id));
        out.put(
                "outputs",
                outputs.stream().map(output -> output(output, answers)).toList());
        Json.answer(ctx, out);
    }

    private static Object output(TensorSpec output, List<Answer> answers) {
        List<Object> values = new ArrayList<>();
        answers.forEach(
                answer -> values.addAll(((TensorRow) answer.json()).values().get(output.name())));
        return output.json(values);
    }

    private ServedModel model(Context ctx) {
        String wanted = ctx.pathParamMap().getOrDefault(VERSION, ONLY_VERSION);
        if (!wanted.equals(ONLY_VERSION)) {
            throw ApiException.notFound("the only version of a model is " + ONLY_VERSION + ", got " + Shown.of(wanted));
        }
        return models.named(ctx.pathParam(MODEL));
    }
}
