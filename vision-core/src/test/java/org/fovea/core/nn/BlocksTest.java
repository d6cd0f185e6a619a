package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static final float TOLERANCE = 1e-6f;

    private final Graph graph = new Graph();
    private final Map<String, Tensor> weights = new HashMap<>();

    @Test
    void patchesAreCutRowByRowWithTheirChannelsTogether() {
        float[] image = new float[2 * 4 * 6]; // [1, C 2, H 4, W 6]
        for (int i = 0; i < image.length; i++) {
            image[i] = i;
        }
        Value x = graph.input("x", 1, 2, 4, 6);
        Value y = new PatchEmbedding(2, 8, false).build(Scope.of(graph).child("p"), x);
        float[] identity = new float[64];
        for (int i = 0; i < 8; i++) {
            identity[i * 8 + i] = 1;
        }
        weights.put("p.weight", Tensor.of(identity, 8, 8));
        float[] out = run(y, Tensor.of(image, 1, 2, 4, 6));
        assertEquals("[1, 6, 8]", y.shape().toString());
        // patch 4: row 1, column 1: pixels (2,2) (2,3) (3,2) (3,3) of channel 0, then of channel 1
        assertArrayEquals(new float[] {14, 15, 20, 21, 38, 39, 44, 45}, Arrays.copyOfRange(out, 32, 40), TOLERANCE);
    }

    @Test
    void imageThatDoesNotDivideIsRefused() {
        Value x = graph.input("x", 1, 3, 4, 5);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new PatchEmbedding(2, 8, true).build(Scope.of(graph), x))
                .getMessage();
        assertTrue(message.contains("with H and W multiples of 2, got [1, 3, 4, 5]"), message);
    }

    @Test
    void gateComesFirstInSwiGlu() {
        Value x = graph.input("x", 1, 1, 1);
        Value y = new SwiGlu(1).build(Scope.of(graph).child("f"), x);
        weights.put("f.in.weight", Tensor.of(new float[] {1, 3}, 2, 1));
        weights.put("f.in.bias", Tensor.of(new float[] {0, 1}, 2));
        weights.put("f.out.weight", Tensor.of(new float[] {10}, 1, 1));
        weights.put("f.out.bias", Tensor.of(new float[] {0.5f}, 1));
        double silu = 2 / (1 + Math.exp(-2));
        assertEquals(10 * silu * 7 + 0.5, run(y, Tensor.of(new float[] {2}, 1, 1, 1))[0], 1e-4);
    }

    @Test
    void hiddenWidthOfSwiGluIsDinov2s() {
        assertEquals(4096, SwiGlu.inPlaceOf(4 * 1536).hidden()); // ViT-g/14
        assertEquals(72, SwiGlu.inPlaceOf(100).hidden()); // 66, up to a multiple of 8
    }

    @Test
    void attentionOfEqualKeysIsTheMeanOfValues() {
        Value x = graph.input("x", 1, 2, 2);
        var result = new MultiHeadSelfAttention(2, false).build(Scope.of(graph).child("a"), x);
        // q and k are zero, v is x, the output map swaps the two channels
        weights.put("a.qkv.weight", Tensor.of(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1}, 6, 2));
        weights.put("a.output.weight", Tensor.of(new float[] {0, 1, 1, 0}, 2, 2));
        weights.put("a.output.bias", Tensor.of(new float[] {0, 100}, 2));
        graph.output("p", result.weights());
        float[] out = run(result.values(), Tensor.of(new float[] {1, 2, 3, 6}, 1, 2, 2));
        assertArrayEquals(new float[] {4, 102, 4, 102}, out, TOLERANCE);
        assertEquals("[1, 2, 2, 2]", result.weights().shape().toString());
    }

    @Test
    void headsMustDivideTheWidth() {
        Value x = graph.input("x", 1, 2, 10);
        String message = assertThrows(IllegalArgumentException.class, () -> new MultiHeadSelfAttention(3, true)
                        .build(Scope.of(graph), x)
                        .values())
                .getMessage();
        assertTrue(message.contains("heads must divide the width, got [1, 2, 10] and 3 heads"), message);
    }

    @Test
    void blockNamesItsWeights() {
        Value x = graph.input("x", 1, 2, 4);
        TransformerBlock block = new TransformerBlock(
                new MultiHeadSelfAttention(2, true),
                new Mlp(8, Activation.GELU),
                1e-6,
                TransformerBlock.Scaling.WEIGHTS);
        block.build(Scope.of(graph).child("blocks", 3), x);
        assertEquals(
                List.of(
                        "blocks.3.norm1.scale",
                        "blocks.3.norm1.shift",
                        "blocks.3.attention.qkv.weight",
                        "blocks.3.attention.qkv.bias",
                        "blocks.3.attention.output.weight",
                        "blocks.3.attention.output.bias",
                        "blocks.3.scale1",
                        "blocks.3.norm2.scale",
                        "blocks.3.norm2.shift",
                        "blocks.3.feed_forward.in.weight",
                        "blocks.3.feed_forward.in.bias",
                        "blocks.3.feed_forward.out.weight",
                        "blocks.3.feed_forward.out.bias",
                        "blocks.3.scale2"),
                List.copyOf(graph.parameters().keySet()));
    }

    @Test
    void layerScaleFoldsIntoRows() {
        Tensor scale = Tensor.of(new float[] {2, -1}, 2);
        Tensor weight = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertArrayEquals(
                new float[] {2, 4, 6, -4, -5, -6},
                LayerScale.fold(scale, weight).toFloats());
        assertArrayEquals(
                new float[] {6, -3},
                LayerScale.fold(scale, Tensor.of(new float[] {3, 3}, 2)).toFloats());
        assertThrows(IllegalArgumentException.class, () -> LayerScale.fold(scale, Tensor.of(new float[3], 3)));
    }

    @Test
    void activationsHaveTheHubsNames() {
        assertEquals(Optional.of(Activation.GELU_TANH), Activation.ofHubName("gelu_pytorch_tanh"));
        assertEquals(Optional.of(Activation.SILU), Activation.ofHubName("Swish"));
        assertEquals(Optional.of(Activation.QUICK_GELU), Activation.ofHubName("quick_gelu"));
        assertEquals(Optional.empty(), Activation.ofHubName("mish"));
    }

    @Test
    void activationsComputeTheirFunctions() {
        double x = 1.3;
        double tanh = x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
        Map<Activation, Double> expected = Map.of(
                Activation.GELU,
                1.1741592, // x·Φ(1.3), Φ(1.3) = 0.9031995
                Activation.GELU_TANH,
                tanh,
                Activation.QUICK_GELU,
                x / (1 + Math.exp(-1.702 * x)),
                Activation.RELU,
                x,
                Activation.RELU6,
                x,
                Activation.SILU,
                x / (1 + Math.exp(-x)),
                Activation.ELU,
                x);
        for (Activation activation : Activation.values()) {
            Graph one = new Graph();
            one.output("y", activation.build(one.input("x", 1)));
            try (Program program = new Nd4jBackend().compile(one, Parameters.of(Map.of()), Precision.F32)) {
                float y = program.run(Map.of("x", Tensor.of(new float[] {(float) x}, 1)))
                        .get("y")
                        .toFloats()[0];
                assertEquals(expected.get(activation), y, 2e-6, activation.name());
            }
        }
    }

    private float[] run(Value y, Tensor x) {
        graph.output("y", y);
        try (Program program = new Nd4jBackend().compile(graph, Parameters.of(weights), Precision.F32)) {
            return program.run(Map.of("x", x)).get("y").toFloats();
        }
    }
}
