package org.fovea.cli.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;

/**
 * A training step alone, the loader alone, and both at once.
 *
 * @param step training step on the same batch each time
 * @param fedMillis median time of a step on the loader's batches, waiting included
 * @param waitMillis median time of waiting for a batch
 */
public record EndToEndMeasurement(Measurement step, LoaderTrial.Speed loader, double fedMillis, double waitMillis)
        implements Bench.Line {
    public static final String HEADING = "  loader/s  first/s  with it/s  waits ms";

    /** Images per second when training on the loader's batches. */
    double fedPerSecond() {
        return step.batch() * 1e3 / fedMillis;
    }

    @Override
    public String text() {
        return step.text()
                + String.format(
                        Locale.ROOT,
                        "  %8.0f %8.0f  %9.1f  %8.2f",
                        loader.laterPerSecond(),
                        loader.firstPerSecond(),
                        fedPerSecond(),
                        waitMillis);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        step.writeFields(json);
        json.writeNumberField("loader_images_per_s", loader.laterPerSecond());
        json.writeNumberField("loader_first_images_per_s", loader.firstPerSecond());
        json.writeNumberField("loader_images", loader.images());
        json.writeNumberField("fed_images_per_s", fedPerSecond());
        json.writeNumberField("fed_median_ms", fedMillis);
        json.writeNumberField("wait_ms", waitMillis);
        json.writeEndObject();
    }
}
