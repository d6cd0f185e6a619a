package org.fovea.cli.bench;

import java.util.List;
import java.util.Locale;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.vqa.AnswererOptions;
import org.fovea.vqa.AnsweringTrial;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AnswererModel;

/**
 * Measures how fast a model answers questions about images.
 *
 * @param answerer answerer, closed with this object
 * @param words number of tokens of each question
 * @param tokens number of tokens of each generated answer
 */
record AnsweringBench(String name, PretrainedAnswerer answerer, Backend backend, int words, int tokens, double seconds)
        implements Bench {
    @Override
    public String title() {
        AnswererModel m = answerer.spec().model();
        return String.format(
                Locale.ROOT,
                "%s at %d x %d, questions of %d tokens, on %s",
                name,
                m.imageHeight(),
                m.imageWidth(),
                words,
                backend.name());
    }

    @Override
    public String heading() {
        return AnsweringMeasurement.HEADING;
    }

    @Override
    public List<Line> measure(int batch, Precision precision) {
        AnswererOptions options = new AnswererOptions(backend, precision, batch);
        try (AnsweringTrial trial = new AnsweringTrial(answerer, options, words, tokens)) {
            return List.of(AnsweringMeasurement.of(trial, batch, precision, words, seconds));
        }
    }

    @Override
    public void close() {
        answerer.close();
    }
}
