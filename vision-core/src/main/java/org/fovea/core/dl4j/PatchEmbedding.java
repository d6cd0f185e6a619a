package org.fovea.core.dl4j;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LearnedPositions;
import org.fovea.core.nn.Scope;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cuts images {@code [B, C, H, W]} into square patches and maps each to a step of a sequence {@code [B, width, T]}, row by row, with
 * a learned vector for each place added where asked for.
 *
 * @see org.fovea.core.nn.PatchEmbedding
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, equation 1</a>
 */
public final class PatchEmbedding extends ImageLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int patchPixels;

    @JsonProperty
    private int width;

    @JsonProperty
    private boolean positions;

    private PatchEmbedding() {}

    private PatchEmbedding(Builder builder) {
        super(builder);
        patchPixels = builder.patchPixels;
        width = builder.width;
        positions = builder.positions;
    }

    @Override
    Value image(Scope scope, Value x) {
        Value tokens = new org.fovea.core.nn.PatchEmbedding(patchPixels, width, true).build(scope.child("patches"), x);
        Value placed = positions ? new LearnedPositions(tokens.shape().dim(1)).build(scope, tokens, 0) : tokens;
        return placed.permute(0, 2, 1); // [B, width, T]
    }

    @Override
    List<Object> sizes() {
        return List.of(patchPixels, width, positions);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends GraphLayer.Builder<Builder> {
        private int patchPixels = 16;
        private int width = 192;
        private boolean positions = true;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * Side of a patch, in pixels, which divides height and width; 16 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder patchPixels(int patchPixels) {
            Check.positive("PatchEmbedding: patchPixels", patchPixels);
            this.patchPixels = patchPixels;
            return this;
        }

        /**
         * Channels of a step; 192 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder width(int width) {
            Check.positive("PatchEmbedding: width", width);
            this.width = width;
            return this;
        }

        /**
         * Whether a learned vector is added for each place; so unless set.
         *
         * @return this builder
         */
        public Builder positions(boolean positions) {
            this.positions = positions;
            return this;
        }

        @Override
        public PatchEmbedding build() {
            return new PatchEmbedding(this);
        }
    }
}
