package org.fovea.captioning;

import java.util.Arrays;
import java.util.Map;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.generate.TextGenerator;
import org.fovea.core.generate.TokenListener;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Time that captions of a batch take, the median of some runs.
 *
 * @param encoderMillis until the first token is begun: the encoder, and the image's keys and values
 * @param tokenMillis of each token
 * @param totalMillis of the batch
 * @param tokens of each caption
 */
public record CaptioningSpeed(double encoderMillis, double tokenMillis, double totalMillis, int tokens) {
    private static final double NANOS = 1e6;

    /**
     * Measures a captioner on pixels that are all zero.
     *
     * @param batch images at once
     * @param beams of the search, 1 for greedy
     * @param tokens of each caption, exactly
     * @param runs of which the median is taken, after one that does not count
     */
    public static CaptioningSpeed measure(
            PretrainedCaptioner captioner, CaptionerOptions options, int batch, int beams, int tokens, int runs) {
        CaptionerModel model = captioner.model();
        VisionEncoder e = model.encoder();
        Tensor pixels = Tensor.zeros(DType.F32, Shape.of(batch, e.channels(), e.imageHeight(), e.imageWidth()));
        GenerationOptions wanted = captioner
                .options()
                .with(Map.of("max_new_tokens", tokens, "min_new_tokens", tokens, "num_beams", beams));
        int[] prompt = {Math.max(0, wanted.tokens().first())};
        TextGenerator generator = new TextGenerator(wanted);
        double[] encoder = new double[runs];
        double[] total = new double[runs];
        try (CachedDecoder decoder = new CachedDecoder(
                "CaptioningSpeed", model, options.backend(), captioner.parameters(), options.precision())) {
            for (int run = -1; run < runs; run++) {
                long begin = System.nanoTime();
                Map<String, Tensor> inputs = Map.of(CaptionerModel.PIXELS, pixels);
                try (DecoderSession session =
                        decoder.start(inputs, batch, generator.rowsPerImage(), tokens + 1, false)) {
                    long seen = System.nanoTime();
                    generator.generate(session, batch, prompt, TokenListener.NONE);
                    long end = System.nanoTime();
                    encoder[Math.max(0, run)] = (seen - begin) / NANOS;
                    total[Math.max(0, run)] = (end - begin) / NANOS;
                }
            }
        }
        double all = median(total);
        double first = median(encoder);
        return new CaptioningSpeed(first, (all - first) / tokens, all, tokens);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
