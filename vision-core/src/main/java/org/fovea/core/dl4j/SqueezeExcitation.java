package org.fovea.core.dl4j;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Squeeze and excitation of images {@code [B, C, H, W]}: each channel times a share between 0 and 1, found from the means of all.
 *
 * @see org.fovea.core.attention.SqueezeExcitation
 * @see <a href="https://arxiv.org/abs/1709.01507">Hu et al. 2018, equations 2 to 4</a>
 */
public final class SqueezeExcitation extends ImageLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int reduction;

    private SqueezeExcitation() {}

    private SqueezeExcitation(Builder builder) {
        super(builder);
        reduction = builder.reduction;
    }

    @Override
    Value image(Scope scope, Value x) {
        return new org.fovea.core.attention.SqueezeExcitation(reduction, true)
                .build(scope, x)
                .values();
    }

    @Override
    List<Object> sizes() {
        return List.of(reduction);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends GraphLayer.Builder<Builder> {
        private int reduction = 16;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * By how much fewer channels are inside than outside; 16 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder reduction(int reduction) {
            Check.positive("SqueezeExcitation: reduction", reduction);
            this.reduction = reduction;
            return this;
        }

        @Override
        public SqueezeExcitation build() {
            return new SqueezeExcitation(this);
        }
    }
}
