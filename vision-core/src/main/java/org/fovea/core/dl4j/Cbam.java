package org.fovea.core.dl4j;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The convolutional block attention module over images {@code [B, C, H, W]}: shares for channels, then for places.
 *
 * @see org.fovea.core.attention.Cbam
 * @see <a href="https://arxiv.org/abs/1807.06521">Woo et al. 2018, equations 1 to 3</a>
 */
public final class Cbam extends ImageLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int reduction;

    @JsonProperty
    private int kernel;

    private Cbam() {}

    private Cbam(Builder builder) {
        super(builder);
        reduction = builder.reduction;
        kernel = builder.kernel;
    }

    @Override
    Value image(Scope scope, Value x) {
        return new org.fovea.core.attention.Cbam(reduction, kernel)
                .build(scope, x)
                .values();
    }

    @Override
    List<Object> sizes() {
        return List.of(reduction, kernel);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends GraphLayer.Builder<Builder> {
        private int reduction = 16;
        private int kernel = 7;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * By how much fewer channels are inside than outside; 16 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder reduction(int reduction) {
            Check.positive("Cbam: reduction", reduction);
            this.reduction = reduction;
            return this;
        }

        /**
         * Side of the kernel that finds the places, odd; 7 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder kernel(int kernel) {
            Check.positive("Cbam: kernel", kernel);
            this.kernel = kernel;
            return this;
        }

        @Override
        public Cbam build() {
            return new Cbam(this);
        }
    }
}
