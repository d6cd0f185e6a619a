package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.captioning.CaptionerOptions;
import org.fovea.captioning.CaptioningTrial;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.generate.DecoderWeights;

/**
 * Measures how fast a captioner writes.
 *
 * @param captioner captioner, closed with this object
 * @param weights number format of the weights of decoding steps
 * @param beams widths of the beam searches, a line each
 * @param tokens number of tokens of each caption
 */
record CaptioningBench(
        String name,
        PretrainedCaptioner captioner,
        Backend backend,
        DecoderWeights weights,
        List<Integer> beams,
        int tokens,
        double seconds)
        implements Bench {
    @Override
    public String title() {
        CaptionerModel m = captioner.model();
        return String.format(
                Locale.ROOT,
                "%s at %d x %d, captions of %d tokens%s, on %s",
                name,
                m.encoder().imageHeight(),
                m.encoder().imageWidth(),
                tokens,
                weights == DecoderWeights.SAME ? "" : ", decoder weights " + weights,
                backend.name());
    }

    @Override
    public String heading() {
        return CaptioningMeasurement.HEADING;
    }

    @Override
    public List<Line> measure(int batch, Precision precision) {
        ReadBandwidth memory = new ReadBandwidth(Runtime.getRuntime().availableProcessors());
        CaptionerOptions options = new CaptionerOptions(backend, precision, weights, batch);
        List<Line> out = new ArrayList<>();
        for (int n : beams) {
            try (CaptioningTrial trial = new CaptioningTrial(captioner, options, n, tokens)) {
                out.add(CaptioningMeasurement.of(trial, batch, precision, n, tokens, memory, seconds));
            }
        }
        return out;
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        Bench.super.write(json);
        json.writeStringField("decoder_weights", weights.toString());
    }

    @Override
    public void close() {
        captioner.close();
    }
}
