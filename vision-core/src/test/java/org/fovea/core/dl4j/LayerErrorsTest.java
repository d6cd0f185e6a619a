package org.fovea.core.dl4j;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.fovea.core.attention.Cbam;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SelfAttention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Errors of the layers for settings and inputs that cannot be. */
class LayerErrorsTest {
    private static void assertError(Class<? extends RuntimeException> type, String part, Executable work) {
        String message = assertThrows(type, work).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void activationsAreRefused() {
        assertError(
                IllegalArgumentException.class,
                "Cbam: the activation must be the identity, got relu; put an ActivationLayer after the layer",
                () -> BlockLayer.images(new Cbam(16, 7))
                        .activation(Activation.RELU)
                        .build());
    }

    @Test
    void unknownInputSizesAreNamed() {
        assertError(
                IllegalStateException.class,
                "Cbam: the sizes of the input must be known, got none; call setInputType",
                () -> BlockLayer.images(new Cbam(16, 7)).build().shapes());
    }

    @Test
    void inputsOfTheWrongKindAreNamed() {
        InputType last = InputType.convolutional(4, 4, 3, CNN2DFormat.NHWC);
        assertError(
                IllegalArgumentException.class,
                "Cbam: the input must be images [B, C, H, W] (CNN2DFormat.NCHW), got",
                () -> BlockLayer.images(new Cbam(16, 7)).build().getOutputType(0, last));
        assertError(
                IllegalArgumentException.class,
                "an image becomes a sequence by PatchEmbedding",
                () -> BlockLayer.sequence(new MultiHeadSelfAttention(1, true))
                        .build()
                        .getOutputType(0, InputType.convolutional(4, 4, 3)));
    }

    @Test
    void otherSizesThanTheLayersAreNamed() {
        Zoo squeeze = Zoo.all().stream()
                .filter(z -> z.name().equals("squeeze"))
                .findFirst()
                .orElseThrow();
        EngineLayer layer = (EngineLayer) squeeze.network(DataType.FLOAT).getLayer(1);
        assertError(
                IllegalArgumentException.class,
                "the input must be images [B, C, H, W] with [C, H, W] = [4, 4, 6], got [2, 4, 4, 5]",
                () -> Zoo.activate(layer, Nd4j.zeros(DataType.FLOAT, 2, 4, 4, 5)));
    }

    @Test
    void shortPrecisionIsRefused() {
        assertError(
                IllegalArgumentException.class,
                "the network's data type must be FLOAT or DOUBLE, got BFLOAT16",
                () -> LayerPrograms.of(BlockLayer.images(new Cbam(16, 7)).build(), DataType.BFLOAT16));
    }

    @Test
    void edgesNeedASourceAndATarget() {
        assertError(
                IllegalArgumentException.class,
                "edges must have a source and a target each, nodes from 0, got [0, 1] and [1]",
                () -> BlockLayer.nodes(
                        new GraphAttention(1, 8, GraphAttention.Join.CONCATENATE), new int[] {0, 1}, new int[] {1}));
    }

    /** An attention of the user's own. */
    private record Idle(int size) implements SelfAttention {
        @Override
        public AttentionOutput build(Scope scope, Value tokens, Value... biases) {
            return AttentionOutput.of(tokens);
        }
    }

    @Test
    void blocksThatCannotBeSavedAreRefused() {
        String expected = "a layer must be made of Fovea's own records, which can be saved, got OfSteps";
        assertError(IllegalArgumentException.class, expected, () -> BlockLayer.sequence(new Idle(1))
                .build());
        SelfAttention lambda = (scope, tokens, biases) -> AttentionOutput.of(tokens);
        assertError(IllegalArgumentException.class, expected, () -> BlockLayer.sequence(lambda)
                .build());
    }

    @Test
    void savedBlocksOfAnotherKindAreNamed() {
        assertError(
                IllegalArgumentException.class,
                "the block of a saved layer must be one of this version, got {\"type\":\"java.lang.Runtime\"}",
                () -> BlockJson.read("{\"type\":\"java.lang.Runtime\"}"));
        assertError(
                IllegalArgumentException.class,
                "Missing creator property 'kernel'",
                () -> BlockJson.read("{\"type\":\"OfImages\",\"attention\":{\"type\":\"Cbam\",\"reduction\":2}}"));
    }

    @Test
    void imagesHaveNoWidthOfAStep() {
        assertError(
                IllegalArgumentException.class,
                "Cbam: nIn is a size of sequences, got images",
                () -> BlockLayer.images(new Cbam(16, 7)).nIn(3));
    }
}
