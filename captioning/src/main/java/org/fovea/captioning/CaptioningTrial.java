package org.fovea.captioning;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.backend.Precision;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.generate.TextGenerator;
import org.fovea.core.generate.TextModel;
import org.fovea.core.generate.TokenListener;
import org.fovea.core.graph.Linear;
import org.fovea.core.graph.Node;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Captions of a fixed length of images that are all zero: to be measured. Its first run compiles the programs. */
public final class CaptioningTrial implements AutoCloseable {
    private static final double NANOS = 1e6;

    private final CaptionerModel model;
    private final Precision stepPrecision;
    private final int batch;
    private final int tokens;
    private final TextGenerator generator;
    private final int[] prompt;
    private final Map<String, Tensor> inputs;
    private final CachedDecoder decoder;

    /**
     * Times of a run.
     *
     * @param encoderMillis time until the first decoding step starts: the encoder, and the image's keys and values
     * @param totalMillis time of the whole batch
     */
    public record Times(double encoderMillis, double totalMillis) {}

    /**
     * Creates a trial; the caller closes the captioner.
     *
     * @param options options of the computation; every run computes one batch of their size
     * @param beams width of the beam search, 1 for greedy decoding
     * @param tokens exact number of tokens of each caption
     * @throws IllegalArgumentException when the model cannot generate texts of this length
     */
    public CaptioningTrial(PretrainedCaptioner captioner, CaptionerOptions options, int beams, int tokens) {
        this.model = captioner.model();
        this.stepPrecision = options.decoderWeights().steps(options.precision());
        this.batch = options.batch();
        this.tokens = tokens;
        GenerationOptions wanted = captioner
                .options()
                .with(Map.of("max_new_tokens", tokens, "min_new_tokens", tokens, "num_beams", beams));
        this.prompt = new int[] {Math.max(0, wanted.tokens().first())};
        this.generator = new TextGenerator(wanted);
        generator.check(prompt, model);
        VisionEncoder e = model.encoder();
        this.inputs = Map.of(
                CaptionerModel.PIXELS,
                Tensor.zeros(DType.F32, Shape.of(batch, e.channels(), e.imageHeight(), e.imageWidth())));
        this.decoder = new CachedDecoder(
                "CaptioningTrial",
                model,
                options.backend(),
                captioner.parameters(),
                options.precision(),
                options.decoderWeights());
    }

    /** Describes the batch once. */
    public Times run() {
        long begin = System.nanoTime();
        try (DecoderSession session =
                decoder.start(inputs, batch, generator.rowsPerImage(), prompt.length + tokens, false)) {
            long seen = System.nanoTime();
            generator.generate(session, batch, prompt, TokenListener.NONE);
            return new Times((seen - begin) / NANOS, (System.nanoTime() - begin) / NANOS);
        }
    }

    /** Bytes of the weights that one decoding step reads for its matrix products, each weight counted once. */
    public long stepWeightBytes() {
        Set<Value> read = new LinkedHashSet<>();
        long bytes = 0;
        for (Node node : model.step(new TextModel.Step(batch, generator.rowsPerImage(), 1, tokens + 1, false))
                .nodes()) {
            if (node.op() instanceof Linear && read.add(node.input(1))) {
                bytes += node.input(1).shape().size() * weightBytes();
            }
        }
        return bytes;
    }

    private int weightBytes() {
        return switch (stepPrecision) {
            case F64 -> 8;
            case F32 -> 4;
            case BF16 -> 2;
            case INT8, F32_INT8_WEIGHTS, BF16_INT8_WEIGHTS -> 1;
        };
    }

    @Override
    public void close() {
        decoder.close();
    }
}
