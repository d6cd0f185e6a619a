package org.fovea.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.fovea.vit.Prediction;

/**
 * For programs: {@code {"file":…,"predictions":[{"label","index","probability","logit"},…]}} or
 * {@code {"file":…,"error":…}} on a line of its own.
 */
record JsonReport() implements Report {
    @Override
    public String lines(Outcome outcome) {
        return Json.text(json -> {
                    json.writeStartObject();
                    json.writeStringField("file", outcome.file());
                    if (outcome instanceof Outcome.Classified done) {
                        predictions(json, done);
                    } else if (outcome instanceof Outcome.Failed failed) {
                        json.writeStringField("error", failed.error());
                    }
                    json.writeEndObject();
                })
                + "\n";
    }

    private static void predictions(JsonGenerator json, Outcome.Classified done) throws IOException {
        json.writeArrayFieldStart("predictions");
        for (Prediction p : done.classification().predictions()) {
            json.writeStartObject();
            json.writeStringField("label", p.label());
            json.writeNumberField("index", p.index());
            json.writeNumberField("probability", p.probability());
            json.writeNumberField("logit", (float) p.logit());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
