package org.fovea.cli.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.fovea.cli.terminal.Table;
import org.fovea.core.backend.Precision;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.Node;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.io.JsonText;
import org.fovea.vit.model.ClassifierConfig;

/** Description of a model that {@code fovea info} prints. */
record ModelDescription(ModelChoice choice) {
    private static final int BYTES_F32 = 4;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    String text() {
        ClassifierConfig c = choice.config();
        Table table = new Table(-1);
        table.row("model", choice.name());
        Map<String, String> summary = c.describe().rows();
        table.row(
                "architecture",
                summary.get("architecture") + ", " + c.depth() + " blocks, " + c.width() + " wide"
                        + (c.heads() == 0 ? "" : ", " + c.heads() + " heads of " + c.headWidth()));
        table.row("feed-forward", summary.get("feed-forward"));
        table.row("image", c.imageHeight() + " x " + c.imageWidth() + " pixels, " + c.channels() + " channels");
        table.row("tokens", c.tokenCount() + ": " + summary.get("tokens"));
        table.row("head", summary.get("head"));
        table.row("classes", c.classes() + (choice.labels().isEmpty() ? "" : ": " + someLabels()));
        table.row("parameters", decimal(c.parameterCount() / MEGA) + " M");
        table.row(
                "arithmetic", decimal(c.flops() / GIGA) + " GFLOP an image (a multiplication and an addition are two)");
        weightBytes()
                .forEach((precision, bytes) ->
                        table.row("weights in " + Precisions.name(precision), decimal(bytes / MEGA) + " MB of memory"));
        List<String> steps = choice.processor().map(ImageProcessor::describe).orElse(List.of());
        for (int i = 0; i < steps.size(); i++) {
            table.row(i == 0 ? "preprocessing" : "", (i + 1) + ". " + steps.get(i));
        }
        return table.toString();
    }

    String json() {
        return JsonText.line(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        ClassifierConfig c = choice.config();
        json.writeStartObject();
        json.writeStringField("model", choice.name());
        json.writeNumberField("image_height", c.imageHeight());
        json.writeNumberField("image_width", c.imageWidth());
        json.writeNumberField("channels", c.channels());
        json.writeNumberField("width", c.width());
        json.writeNumberField("depth", c.depth());
        json.writeNumberField("heads", c.heads());
        json.writeNumberField("tokens", c.tokenCount());
        for (Map.Entry<String, Object> fact : c.describe().facts().entrySet()) {
            json.writePOJOField(fact.getKey(), fact.getValue());
        }
        json.writeNumberField("classes", c.classes());
        json.writeNumberField("labels", choice.labels().size());
        json.writeNumberField("parameters", c.parameterCount());
        json.writeNumberField("flops", c.flops());
        json.writeObjectFieldStart("weight_bytes");
        for (Map.Entry<Precision, Long> entry : weightBytes().entrySet()) {
            json.writeNumberField(Precisions.name(entry.getKey()), entry.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("preprocessing");
        for (String step : choice.processor().map(ImageProcessor::describe).orElse(List.of())) {
            json.writeString(step);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Bytes of all weights with those of linear maps in each precision; all others are single. */
    private Map<Precision, Long> weightBytes() {
        Graph graph = choice.config().inferenceGraph(1, Set.of());
        long linear = graph.nodes().stream()
                .filter(node -> node.op() instanceof Linear)
                .mapToLong(ModelDescription::weightCount)
                .sum();
        long all = graph.parameters().values().stream()
                .mapToLong(value -> value.shape().size())
                .sum();
        Map<Precision, Long> out = new LinkedHashMap<>();
        out.put(Precision.F32, BYTES_F32 * all);
        out.put(Precision.BF16, BYTES_F32 * (all - linear) + 2 * linear);
        out.put(Precision.INT8, BYTES_F32 * (all - linear) + linear);
        return out;
    }

    private static long weightCount(Node node) {
        return node.input(1).shape().size();
    }

    private String someLabels() {
        List<String> labels = choice.labels();
        String some = String.join("; ", labels.subList(0, Math.min(5, labels.size())));
        return labels.size() > 5 ? some + "; …" : some;
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.1f", number);
    }
}
