package org.fovea.core.dl4j;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.attention.AxialAttention.Relative;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Axial attention over images {@code [B, C, H, W]}: every place attends to its column, then to its row.
 *
 * @see org.fovea.core.attention.AxialAttention
 * @see <a href="https://arxiv.org/abs/2003.07853">Wang et al. 2020, equations 3 and 4</a>
 */
public final class AxialAttention extends ImageLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int heads;

    @JsonProperty
    private Relative relative;

    private AxialAttention() {}

    private AxialAttention(Builder builder) {
        super(builder);
        heads = builder.heads;
        relative = builder.relative;
    }

    @Override
    Value image(Scope scope, Value x) {
        Value grid = x.permute(0, 2, 3, 1); // [B, H, W, C]
        return new org.fovea.core.attention.AxialAttention(heads, relative)
                .build(scope, grid)
                .values()
                .permute(0, 3, 1, 2); // [B, C, H, W]
    }

    @Override
    List<Object> sizes() {
        return List.of(heads, relative);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends GraphLayer.Builder<Builder> {
        private int heads = 1;
        private Relative relative = Relative.QUERY_KEY_VALUE;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * Heads, which divide the width; 1 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder heads(int heads) {
            Check.positive("AxialAttention: heads", heads);
            this.heads = heads;
            return this;
        }

        /**
         * What depends on how far apart two places are; position-sensitive unless set.
         *
         * @return this builder
         */
        public Builder relative(Relative relative) {
            this.relative = relative;
            return this;
        }

        @Override
        public AxialAttention build() {
            return new AxialAttention(this);
        }
    }
}
