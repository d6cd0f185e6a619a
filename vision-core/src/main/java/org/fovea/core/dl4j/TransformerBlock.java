package org.fovea.core.dl4j;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.Scope;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A transformer block over sequences {@code [B, C, T]} to the same shape: self-attention and a feed-forward part with GELU, each
 * with a layer norm and a residual path.
 *
 * @see org.fovea.core.nn.TransformerBlock
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, equations 2 and 3</a>
 */
public final class TransformerBlock extends SequenceLayer {
    private static final long serialVersionUID = 1L;
    /** Of the layer norms, as vision transformers have it. */
    private static final double EPSILON = 1e-6;
    /** Hidden channels for each of C, as in the paper. */
    private static final int WIDER = 4;

    @JsonProperty
    private int heads;

    @JsonProperty
    private int hidden;

    @JsonProperty
    private NormPlacement norms;

    private TransformerBlock() {}

    private TransformerBlock(Builder builder) {
        super(builder);
        heads = builder.heads;
        hidden = builder.hidden;
        norms = builder.norms;
    }

    @Override
    Value tokens(Scope scope, Value x, Value... seen) {
        Mlp mlp = new Mlp(hidden > 0 ? hidden : WIDER * x.shape().dim(2), Activation.GELU);
        MultiHeadSelfAttention attention = new MultiHeadSelfAttention(heads, true);
        return new org.fovea.core.nn.TransformerBlock(
                        attention, mlp, EPSILON, org.fovea.core.nn.TransformerBlock.Scaling.NONE, norms)
                .build(scope, x, seen)
                .values(); // [B, T, C]
    }

    @Override
    List<Object> sizes() {
        return List.of(heads, hidden, norms);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends SequenceLayer.Builder<Builder> {
        private int heads = 1;
        private int hidden = 0;
        private NormPlacement norms = NormPlacement.BEFORE;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * Heads, which divide the width; 1 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder heads(int heads) {
            Check.positive("TransformerBlock: heads", heads);
            this.heads = heads;
            return this;
        }

        /**
         * Channels inside the feed-forward part; 4·C unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder hidden(int hidden) {
            Check.positive("TransformerBlock: hidden", hidden);
            this.hidden = hidden;
            return this;
        }

        /**
         * Where the layer norms are; before each part unless set.
         *
         * @return this builder
         */
        public Builder norms(NormPlacement norms) {
            this.norms = norms;
            return this;
        }

        @Override
        public TransformerBlock build() {
            return new TransformerBlock(this);
        }
    }
}
