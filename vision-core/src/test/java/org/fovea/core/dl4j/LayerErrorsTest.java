package org.fovea.core.dl4j;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What the layers say to settings and inputs that cannot be. */
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
                () -> new Cbam.Builder().activation(Activation.RELU).build());
    }

    @Test
    void unknownInputSizesAreNamed() {
        assertError(
                IllegalStateException.class,
                "Cbam: the sizes of the input must be known, got none; call setInputType",
                () -> new Cbam.Builder().build().shapes());
    }

    @Test
    void inputsOfTheWrongKindAreNamed() {
        InputType last = InputType.convolutional(4, 4, 3, CNN2DFormat.NHWC);
        assertError(
                IllegalArgumentException.class,
                "Cbam: the input must be images [B, C, H, W] (CNN2DFormat.NCHW), got",
                () -> new Cbam.Builder().build().getOutputType(0, last));
        assertError(
                IllegalArgumentException.class,
                "an image becomes a sequence by PatchEmbedding",
                () -> new SelfAttention.Builder().build().getOutputType(0, InputType.convolutional(4, 4, 3)));
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
                () -> LayerPrograms.of(new Cbam.Builder().build(), DataType.BFLOAT16));
    }

    @Test
    void edgesNeedASourceAndATarget() {
        assertError(
                IllegalArgumentException.class,
                "edges must have a source and a target each, nodes from 0, got [0, 1] and [1]",
                () -> new GraphAttention.Builder().edges(new int[] {0, 1}, new int[] {1}));
    }
}
