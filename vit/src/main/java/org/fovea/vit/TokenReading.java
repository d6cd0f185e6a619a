package org.fovea.vit;

import java.util.Arrays;
import java.util.Map;
import org.fovea.core.tensor.Tensor;

/** How much a classifier reads each token after the last block. */
final class TokenReading {
    private TokenReading() {}

    /**
     * One number per token; they sum to 1.
     *
     * @param outputs of one image, with {@link Extra#ATTENTIONS}
     */
    static double[] of(ClassifierConfig config, Map<String, Tensor> outputs) {
        return config instanceof ViTConfig vit
                ? fixed(vit)
                : outputs.get(CompactTransformer.READING).toDoubles();
    }

    private static double[] fixed(ViTConfig config) {
        double[] out = new double[config.tokenCount()];
        int from = 0;
        int to =
                switch (config.head().pooling()) {
                    case CLASS_TOKEN, CLASS_AND_PATCH_MEAN -> 1;
                    case CLASS_AND_DISTILLATION -> 2;
                    case PATCH_MEAN -> {
                        from = config.tokens().prefix();
                        yield out.length;
                    }
                };
        Arrays.fill(out, from, to, 1.0 / (to - from));
        return out;
    }
}
