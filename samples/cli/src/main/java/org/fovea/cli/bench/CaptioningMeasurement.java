package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.captioning.CaptioningTrial;
import org.fovea.captioning.CaptioningTrial.Times;
import org.fovea.cli.model.Precisions;
import org.fovea.core.backend.Precision;

/**
 * Times of captions, medians of some runs.
 *
 * @param beams width of the beam search, 1 for greedy decoding
 * @param tokens number of tokens of each caption
 * @param encoderMillis time until the first decoding step starts
 * @param tokenMillis time of a decoding step
 * @param totalMillis time of the whole batch
 * @param stepWeightBytes bytes of the weights that a decoding step reads for its matrix products
 * @param bandwidth memory bandwidth in 10⁹ bytes per second: the median of measurements before, between and after the runs
 */
record CaptioningMeasurement(
        int batch,
        Precision precision,
        int beams,
        int tokens,
        double encoderMillis,
        double tokenMillis,
        double totalMillis,
        int runs,
        long stepWeightBytes,
        double bandwidth)
        implements Bench.Line {
    static final String HEADING =
            "batch  precision  beams  tokens  encoder ms  ms/token   total ms   weights GB/s   memory GB/s  share";

    private static final int ROUNDS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MILLI = 1e6; // bytes per millisecond at one GB/s

    /** Measures for about {@code seconds}, after a first run that compiles the programs. */
    static CaptioningMeasurement of(
            CaptioningTrial trial,
            int batch,
            Precision precision,
            int beams,
            int tokens,
            ReadBandwidth memory,
            double seconds) {
        trial.run();
        List<Times> times = new ArrayList<>();
        List<Double> bandwidths = new ArrayList<>(List.of(memory.gigabytesPerSecond()));
        for (int round = 1; round <= ROUNDS; round++) {
            long end = System.nanoTime() + (long) (seconds / ROUNDS * NANOS_PER_SECOND);
            do {
                times.add(trial.run());
            } while (System.nanoTime() < end);
            bandwidths.add(memory.gigabytesPerSecond());
        }
        return new CaptioningMeasurement(
                batch,
                precision,
                beams,
                tokens,
                Measurement.median(times.stream().map(Times::encoderMillis).toList()),
                Measurement.median(times.stream()
                        .map(t -> (t.totalMillis() - t.encoderMillis()) / tokens)
                        .toList()),
                Measurement.median(times.stream().map(Times::totalMillis).toList()),
                times.size(),
                trial.stepWeightBytes(),
                Measurement.median(bandwidths));
    }

    /** Speed at which a decoding step reads weights, in 10⁹ bytes per second. */
    double weightSpeed() {
        return stepWeightBytes / (tokenMillis * BYTES_PER_MILLI);
    }

    double bandwidthShare() {
        return weightSpeed() / bandwidth;
    }

    @Override
    public String text() {
        return String.format(
                Locale.ROOT,
                "%5d  %-9s  %5d  %6d  %10.1f  %8.2f  %9.1f  %13.1f %13.1f  %5.2f",
                batch,
                Precisions.name(precision),
                beams,
                tokens,
                encoderMillis,
                tokenMillis,
                totalMillis,
                weightSpeed(),
                bandwidth,
                bandwidthShare());
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("batch", batch);
        json.writeStringField("precision", Precisions.name(precision));
        json.writeNumberField("beams", beams);
        json.writeNumberField("tokens", tokens);
        json.writeNumberField("encoder_ms", encoderMillis);
        json.writeNumberField("ms_per_token", tokenMillis);
        json.writeNumberField("median_ms", totalMillis);
        json.writeNumberField("images_per_s", batch * 1e3 / totalMillis);
        json.writeNumberField("weight_bytes_per_token", stepWeightBytes);
        json.writeNumberField("weights_gb_per_s", weightSpeed());
        json.writeNumberField("memory_gb_per_s", bandwidth);
        json.writeNumberField("bandwidth_share", bandwidthShare());
        json.writeNumberField("runs", runs);
        json.writeEndObject();
    }
}
