package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.cli.model.Precisions;
import org.fovea.core.backend.Precision;
import org.fovea.vqa.AnsweringTrial;
import org.fovea.vqa.AnsweringTrial.Times;

/**
 * Times of answers, medians of some runs.
 *
 * @param words number of tokens of each question
 * @param lookMillis time until the images are embedded
 * @param questionMillis time of a further question about each image
 * @param totalMillis time of the whole batch
 */
record AnsweringMeasurement(
        int batch,
        Precision precision,
        int words,
        double lookMillis,
        double questionMillis,
        double totalMillis,
        int runs)
        implements Bench.Line {
    static final String HEADING = "batch  precision  words   image ms  question ms   total ms  questions/s   runs";

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    /** Measures for about {@code seconds}, after a first run that compiles the programs. */
    static AnsweringMeasurement of(AnsweringTrial trial, int batch, Precision precision, int words, double seconds) {
        trial.run();
        List<Times> times = new ArrayList<>();
        long end = System.nanoTime() + (long) (seconds * NANOS_PER_SECOND);
        do {
            times.add(trial.run());
        } while (System.nanoTime() < end);
        return new AnsweringMeasurement(
                batch,
                precision,
                words,
                Measurement.median(times.stream().map(Times::lookMillis).toList()),
                Measurement.median(times.stream()
                        .map(t -> t.totalMillis() - t.lookMillis())
                        .toList()),
                Measurement.median(times.stream().map(Times::totalMillis).toList()),
                times.size());
    }

    private double questionsPerSecond() {
        return batch * MILLIS_PER_SECOND / totalMillis;
    }

    @Override
    public String text() {
        return String.format(
                Locale.ROOT,
                "%5d  %-9s  %5d  %9.2f  %11.2f  %9.2f  %11.1f  %5d",
                batch,
                Precisions.name(precision),
                words,
                lookMillis,
                questionMillis,
                totalMillis,
                questionsPerSecond(),
                runs);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("batch", batch);
        json.writeStringField("precision", Precisions.name(precision));
        json.writeNumberField("words", words);
        json.writeNumberField("image_ms", lookMillis);
        json.writeNumberField("question_ms", questionMillis);
        json.writeNumberField("median_ms", totalMillis);
        json.writeNumberField("questions_per_s", questionsPerSecond());
        json.writeNumberField("runs", runs);
        json.writeEndObject();
    }
}
