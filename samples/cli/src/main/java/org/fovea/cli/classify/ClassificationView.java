package org.fovea.cli.classify;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.cli.images.ResultView;
import org.fovea.vit.Classification;
import org.fovea.vit.Prediction;

/** Shows a row, a line, an object {@code {"label", "index", "probability", "logit"}} for each class. */
public record ClassificationView(Scores scores) implements ResultView<Classification> {
    @Override
    public List<String> columns() {
        return List.of("rank", "label", "index", "score");
    }

    @Override
    public List<List<Object>> rows(Classification result) {
        List<Prediction> all = result.predictions();
        return IntStream.range(0, all.size())
                .mapToObj(i ->
                        List.<Object>of(i + 1, all.get(i).label(), all.get(i).index(), scores.of(all.get(i))))
                .toList();
    }

    @Override
    public void writeFields(JsonGenerator json, Classification result) throws IOException {
        json.writeArrayFieldStart("predictions");
        for (Prediction p : result.predictions()) {
            json.writeStartObject();
            json.writeStringField("label", p.label());
            json.writeNumberField("index", p.index());
            json.writeNumberField("probability", p.probability());
            json.writeNumberField("logit", (float) p.logit());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public List<String> lines(Classification result) {
        return result.predictions().stream()
                .map(p -> scores.text(p) + "  " + p.label())
                .toList();
    }
}
