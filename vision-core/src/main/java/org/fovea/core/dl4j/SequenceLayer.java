package org.fovea.core.dl4j;

import java.util.Optional;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.fovea.core.Check;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Scope;

/** A layer from sequences {@code [B, C, T]} to sequences of the same length; steps that a mask hides are not read and yield zeros. */
abstract class SequenceLayer extends GraphLayer {
    private static final long serialVersionUID = 1L;

    SequenceLayer() {}

    SequenceLayer(Builder<?> builder) {
        super(builder);
        if (builder.nIn > 0) {
            startWith(builder.nIn, builder.leastSteps());
        }
    }

    /**
     * Adds the block.
     *
     * @param x {@code [B, T, C]}
     * @param seen {@code [B, 1, 1, T]} of 0 and -∞, to be added to the scores of keys; none where no mask is
     * @return {@code [B, T, width]}
     */
    abstract Value tokens(Scope scope, Value x, Value... seen);

    /** The shortest sequence there can be. */
    int leastSteps() {
        return 1;
    }

    @Override
    final Value build(Scope scope, Value x, Optional<Value> mask) {
        Value tokens = x.permute(0, 2, 1); // [B, T, C]
        if (mask.isEmpty()) {
            return tokens(scope, tokens).permute(0, 2, 1);
        }
        int batch = x.shape().dim(0);
        int steps = x.shape().dim(2);
        Value seen = Masks.seen(mask.get()).reshape(batch, 1, 1, steps);
        Value there = mask.get().reshape(batch, steps, 1);
        return tokens(scope, tokens, seen).multiply(there).permute(0, 2, 1); // [B, width, T]
    }

    @Override
    final int[] example(InputType type) {
        if (!(type instanceof InputTypeRecurrent recurrent) || recurrent.getFormat() == RNNFormat.NWC) {
            throw new IllegalArgumentException(name() + ": the input must be sequences [B, C, T] (RNNFormat.NCW), got "
                    + type + "; an image becomes a sequence by PatchEmbedding");
        }
        int steps = (int) Math.max(recurrent.getTimeSeriesLength(), leastSteps());
        return new int[] {(int) recurrent.getSize(), steps};
    }

    @Override
    public final InputType getOutputType(int layerIndex, InputType inputType) {
        InputTypeRecurrent out = (InputTypeRecurrent) super.getOutputType(layerIndex, inputType);
        return InputType.recurrent(out.getSize(), ((InputTypeRecurrent) inputType).getTimeSeriesLength());
    }

    @Override
    public final InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(inputType, RNNFormat.NCW, layerName);
    }

    /** The settings that layers over sequences share. */
    abstract static class Builder<T extends Builder<T>> extends GraphLayer.Builder<T> {
        private int nIn;

        Builder() {}

        /** The shortest sequence there can be. */
        int leastSteps() {
            return 1;
        }

        /**
         * The size C of a step; need not be set where the network has an input type.
         *
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        @SuppressWarnings("unchecked")
        public T nIn(int size) {
            Check.positive("nIn", size);
            nIn = size;
            return (T) this;
        }
    }
}
