package org.fovea.cli.images;

import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.io.JsonText;

/** For programs: {@code {"file":…, and the result's fields or "error":…}} on a line of its own. */
record JsonReport<R>(ResultView<R> view) implements Report<R> {
    @Override
    public String lines(Outcome<ImageInput, R> outcome) {
        return JsonText.line(json -> {
                    json.writeStartObject();
                    json.writeStringField("file", outcome.input().name());
                    if (outcome instanceof Outcome.Failed<ImageInput, R> failed) {
                        json.writeStringField("error", Report.error(failed));
                    } else {
                        view.writeFields(json, outcome.get());
                    }
                    json.writeEndObject();
                })
                + "\n";
    }
}
