package org.fovea.core.dl4j;

import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dual attention (DANet) over images {@code [B, C, H, W]}: what places and what channels read from each other is added, each times
 * a factor that starts at 0.
 *
 * @see org.fovea.core.attention.DualAttention
 * @see <a href="https://arxiv.org/abs/1809.02983">Fu et al. 2019, section 3</a>
 */
public final class DualAttention extends ImageLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int reduction;

    private DualAttention() {}

    private DualAttention(Builder builder) {
        super(builder);
        reduction = builder.reduction;
    }

    @Override
    Value image(Scope scope, Value x) {
        return new org.fovea.core.attention.DualAttention(reduction)
                .build(scope, x)
                .values();
    }

    @Override
    Map<String, Tensor> initialValues() {
        Tensor zero = Tensor.zeros(DType.F32, Shape.of(1));
        return Map.of("places.scale", zero, "channels.scale", zero);
    }

    @Override
    List<Object> sizes() {
        return List.of(reduction);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends GraphLayer.Builder<Builder> {
        private int reduction = 8;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * By how much fewer channels are inside than outside; 8 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder reduction(int reduction) {
            Check.positive("DualAttention: reduction", reduction);
            this.reduction = reduction;
            return this;
        }

        @Override
        public DualAttention build() {
            return new DualAttention(this);
        }
    }
}
