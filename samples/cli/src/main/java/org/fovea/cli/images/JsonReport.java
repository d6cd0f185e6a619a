package org.fovea.cli.images;

import java.util.List;
import java.util.stream.Collectors;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.io.JsonText;

/**
 * Report of results for programs: {@code {"file":…, and the result's fields or "error":…}} on a line of its own for each object
 * of a result.
 */
record JsonReport<R>(ResultView<R> view) implements Report<R> {
    @Override
    public String lines(Outcome<ImageInput, R> outcome) {
        List<ResultView.Fields> objects = outcome instanceof Outcome.Failed<ImageInput, R> failed
                ? List.of(json -> json.writeStringField("error", Report.error(failed)))
                : view.objects(outcome.get());
        return objects.stream().map(fields -> line(outcome.input(), fields)).collect(Collectors.joining());
    }

    private static String line(ImageInput input, ResultView.Fields fields) {
        return JsonText.line(json -> {
                    json.writeStartObject();
                    json.writeStringField("file", input.name());
                    fields.write(json);
                    json.writeEndObject();
                })
                + "\n";
    }
}
