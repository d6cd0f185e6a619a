package org.fovea.core.dl4j;

import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;

/** A layer from images {@code [B, C, H, W]}; the network's input type says their sizes. */
abstract class ImageLayer extends GraphLayer {
    private static final long serialVersionUID = 1L;

    ImageLayer() {}

    ImageLayer(Builder<?> builder) {
        super(builder);
    }

    /**
     * Adds the block.
     *
     * @param x {@code [B, C, H, W]}
     * @return {@code [B, C', H', W']}, or {@code [B, C', T]} of a layer that makes sequences
     */
    abstract Value image(Scope scope, Value x);

    @Override
    final Value build(Scope scope, Value x, Optional<Value> mask) {
        return image(scope, x);
    }

    @Override
    final int[] example(InputType type) {
        if (!(type instanceof InputTypeConvolutional image) || image.getFormat() == CNN2DFormat.NHWC) {
            throw new IllegalArgumentException(
                    name() + ": the input must be images [B, C, H, W] (CNN2DFormat.NCHW), got " + type);
        }
        return new int[] {(int) image.getChannels(), (int) image.getHeight(), (int) image.getWidth()};
    }

    @Override
    public final InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return InputTypeUtil.getPreProcessorForInputTypeCnnLayers(inputType, layerName);
    }
}
