package org.fovea.cli.caption;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fovea.captioning.Caption;
import org.fovea.captioning.CaptionWord;
import org.fovea.captioning.Captions;
import org.fovea.cli.images.ResultView;

/** Shows a row, a line, an object {@code {"text", "score", "tokens", "words"}} for each caption. */
final class CaptionView implements ResultView<Captions> {
    @Override
    public List<String> columns() {
        return List.of("rank", "caption", "score");
    }

    @Override
    public List<List<Object>> rows(Captions result) {
        List<Caption> all = result.all();
        return IntStream.range(0, all.size())
                .mapToObj(i ->
                        List.<Object>of(i + 1, all.get(i).text(), all.get(i).score()))
                .toList();
    }

    @Override
    public void writeFields(JsonGenerator json, Captions result) throws IOException {
        json.writeArrayFieldStart("captions");
        for (Caption caption : result.all()) {
            json.writeStartObject();
            json.writeStringField("text", caption.text());
            json.writeNumberField("score", caption.score());
            json.writeArrayFieldStart("tokens");
            for (int token : caption.tokens()) {
                json.writeNumber(token);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("words");
            for (CaptionWord word : caption.words()) {
                json.writeStartObject();
                json.writeStringField("text", word.text());
                json.writeNumberField("log_probability", word.logProbability());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    @Override
    public List<String> lines(Captions result) {
        if (result.all().size() == 1) {
            return List.of(result.best().text());
        }
        return result.all().stream()
                .map(c -> String.format(Locale.ROOT, "%8.3f  %s", c.score(), c.text()))
                .toList();
    }
}
