package org.fovea.core.dl4j;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Multi-head self-attention over sequences {@code [B, C, T]} to the same shape: softmax(QKᵀ/√D)V in each head, C cut into heads,
 * then a linear map.
 *
 * @see MultiHeadSelfAttention
 * @see <a href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017, section 3.2.2</a>
 */
public final class SelfAttention extends SequenceLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int heads;

    private SelfAttention() {}

    private SelfAttention(Builder builder) {
        super(builder);
        heads = builder.heads;
    }

    @Override
    Value tokens(Scope scope, Value x, Value... seen) {
        return new MultiHeadSelfAttention(heads, true).build(scope, x, seen).values(); // [B, T, C]
    }

    @Override
    List<Object> sizes() {
        return List.of(heads);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends SequenceLayer.Builder<Builder> {
        private int heads = 1;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * Heads, which divide the width; 1 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder heads(int heads) {
            Check.positive("SelfAttention: heads", heads);
            this.heads = heads;
            return this;
        }

        @Override
        public SelfAttention build() {
            return new SelfAttention(this);
        }
    }
}
