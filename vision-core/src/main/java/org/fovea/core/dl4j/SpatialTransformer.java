package org.fovea.core.dl4j;

import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AffineGrid;
import org.fovea.core.nn.ConvLocalisation;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A spatial transformer over images {@code [B, C, H, W]}: a small net finds an affine map for each image, by which it is sampled
 * anew. At first that is the identity.
 *
 * @see org.fovea.core.nn.SpatialTransformer
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, section 3</a>
 */
public final class SpatialTransformer extends ImageLayer {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int kernel;

    @JsonProperty
    private int planes;

    @JsonProperty
    private int layers;

    @JsonProperty
    private int hidden;

    @JsonProperty
    private int outputHeight;

    @JsonProperty
    private int outputWidth;

    @JsonProperty
    private GridPadding padding;

    private SpatialTransformer() {}

    private SpatialTransformer(Builder builder) {
        super(builder);
        kernel = builder.kernel;
        planes = builder.planes;
        layers = builder.layers;
        hidden = builder.hidden;
        outputHeight = builder.outputHeight;
        outputWidth = builder.outputWidth;
        padding = builder.padding;
    }

    @Override
    Value image(Scope scope, Value x) {
        int height = outputHeight > 0 ? outputHeight : x.shape().dim(2);
        int width = outputWidth > 0 ? outputWidth : x.shape().dim(3);
        return block(height, width).build(scope, x).image();
    }

    private org.fovea.core.nn.SpatialTransformer block(int height, int width) {
        ConvLocalisation localisation = new ConvLocalisation(kernel, planes, layers, hidden);
        return new org.fovea.core.nn.SpatialTransformer(localisation, new AffineGrid(height, width, false), padding);
    }

    @Override
    Map<String, Tensor> initialValues() {
        return block(1, 1).initial(Scope.of(new Graph()), hidden);
    }

    @Override
    List<Object> sizes() {
        return List.of(kernel, planes, layers, hidden, outputHeight, outputWidth, padding);
    }

    /** Builds the layer; the settings of DeepLearning4j's layers are there too. */
    @SuppressWarnings("unchecked") // DeepLearning4j's build() yields whatever layer is asked for
    public static final class Builder extends GraphLayer.Builder<Builder> {
        private int kernel = 5;
        private int planes = 20;
        private int layers = 2;
        private int hidden = 20;
        private int outputHeight = 0;
        private int outputWidth = 0;
        private GridPadding padding = GridPadding.BORDER;

        /** The defaults of each setting. */
        public Builder() {}

        /**
         * Side of the kernels of the localisation net, without padding; 5 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder kernel(int kernel) {
            Check.positive("SpatialTransformer: kernel", kernel);
            this.kernel = kernel;
            return this;
        }

        /**
         * Channels of its convolutions; 20 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder planes(int planes) {
            Check.positive("SpatialTransformer: planes", planes);
            this.planes = planes;
            return this;
        }

        /**
         * Its convolutions, each followed by a pooling of 2; 2 unless set.
         *
         * @return this builder
         */
        public Builder layers(int layers) {
            this.layers = layers;
            return this;
        }

        /**
         * Units of its linear map; 20 unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder hidden(int hidden) {
            Check.positive("SpatialTransformer: hidden", hidden);
            this.hidden = hidden;
            return this;
        }

        /**
         * Height of the result in pixels; that of the image unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder outputHeight(int outputHeight) {
            Check.positive("SpatialTransformer: outputHeight", outputHeight);
            this.outputHeight = outputHeight;
            return this;
        }

        /**
         * Width of the result in pixels; that of the image unless set.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder outputWidth(int outputWidth) {
            Check.positive("SpatialTransformer: outputWidth", outputWidth);
            this.outputWidth = outputWidth;
            return this;
        }

        /**
         * What is seen outside the image; its border unless set.
         *
         * @return this builder
         */
        public Builder padding(GridPadding padding) {
            this.padding = padding;
            return this;
        }

        @Override
        public SpatialTransformer build() {
            return new SpatialTransformer(this);
        }
    }
}
