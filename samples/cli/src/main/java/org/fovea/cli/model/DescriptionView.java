package org.fovea.cli.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.fovea.cli.terminal.Table;
import org.fovea.core.backend.Precision;
import org.fovea.core.hub.ModelDescription;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.io.JsonText;

/**
 * The text and JSON of {@code fovea info}.
 *
 * @param name name of the model as given by the user
 * @param command command that runs it: {@code caption}
 * @param preprocessing preprocessing steps in order; empty for a published size
 */
record DescriptionView(String name, String command, ModelDescription model, List<String> preprocessing) {
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    String text() {
        Table table = new Table(-1);
        table.row("model", name);
        table.row("command", "fovea " + command);
        model.summary().rows().forEach(table::row);
        table.row("parameters", count(model.parameterCount()) + ": " + parts());
        for (int i = 0; i < model.passes().size(); i++) {
            ModelPass pass = model.passes().get(i);
            table.row(
                    i == 0 ? "arithmetic" : "",
                    operations(pass.flops()) + " " + pass.unit() + " (" + pass.part() + ")");
        }
        model.weightBytes()
                .forEach((precision, bytes) ->
                        table.row("weights in " + Precisions.name(precision), decimal(bytes / MEGA) + " MB of memory"));
        for (int i = 0; i < preprocessing.size(); i++) {
            table.row(i == 0 ? "preprocessing" : "", (i + 1) + ". " + preprocessing.get(i));
        }
        return table.toString();
    }

    private String parts() {
        return model.parts().entrySet().stream()
                .map(part -> part.getKey() + " " + count(part.getValue()))
                .collect(Collectors.joining(", "));
    }

    String json() {
        return JsonText.line(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("model", name);
        json.writeStringField("command", command);
        for (Map.Entry<String, Object> fact : model.summary().facts().entrySet()) {
            json.writePOJOField(fact.getKey(), fact.getValue());
        }
        json.writeNumberField("parameters", model.parameterCount());
        json.writeObjectFieldStart("parts");
        for (Map.Entry<String, Long> part : model.parts().entrySet()) {
            json.writeNumberField(part.getKey(), part.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("flops", model.passes().get(0).flops());
        json.writeArrayFieldStart("passes");
        for (ModelPass pass : model.passes()) {
            json.writeStartObject();
            json.writeStringField("part", pass.part());
            json.writeStringField("unit", pass.unit());
            json.writeNumberField("flops", pass.flops());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("weight_bytes");
        for (Map.Entry<Precision, Long> entry : model.weightBytes().entrySet()) {
            json.writeNumberField(Precisions.name(entry.getKey()), entry.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("preprocessing");
        for (String step : preprocessing) {
            json.writeString(step);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Graphs, with one operation per line. */
    String graphs() {
        return model.passes().stream()
                .map(pass -> (model.passes().size() > 1 ? "# " + pass.part() + ", " + pass.unit() + "\n" : "")
                        + pass.graph().dump())
                .collect(Collectors.joining("\n"));
    }

    private static String count(long numbers) {
        return numbers < MEGA / 10 ? Long.toString(numbers) : decimal(numbers / MEGA) + " M";
    }

    private static String operations(long flops) {
        return flops < GIGA / 10 ? decimal(flops / MEGA) + " MFLOP" : decimal(flops / GIGA) + " GFLOP";
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.1f", number);
    }
}
