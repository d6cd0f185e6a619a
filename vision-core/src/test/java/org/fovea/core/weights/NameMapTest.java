package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameMapTest {
    @TempDir
    Path dir;

    private Checkpoint checkpoint(Object... namesAndTensors) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (int i = 0; i < namesAndTensors.length; i += 2) {
            writer.add((String) namesAndTensors[i], (Tensor) namesAndTensors[i + 1]);
        }
        writer.write(dir.resolve("model.safetensors"));
        return Checkpoint.open(dir);
    }

    private static Tensor floats(int... sizes) {
        return Tensor.of(new float[(int) Shape.of(sizes).size()], sizes);
    }

    @Test
    void loadReadsFixture() {
        NameMap.Builder map = NameMap.builder().prefixes("vit.").ignore("encoder.layer.*", "*layernorm.bias");
        map.expect("patch.weight", Shape.of(48, 192))
                .from("embeddings.patch_embeddings.projection.weight")
                .reshapedFrom(48, 3, 8, 8);
        map.expect("patch.bias", Shape.of(48)).from("embeddings.patch_embeddings.projection.bias");
        map.expect("class", Shape.of(1, 1, 48)).from("embeddings.cls_token");
        map.expect("position", Shape.of(17, 48))
                .from("embeddings.position_embeddings")
                .reshapedFrom(1, 17, 48);
        String attention = "encoder.layer.0.attention.attention.";
        map.expect("blocks.0.qkv.weight", Shape.of(144, 48))
                .concat(attention + "query.weight", attention + "key.weight", attention + "value.weight");
        map.expect("norm.weight", Shape.of(48)).from("layernorm.weight");
        map.expect("head.weight", Shape.of(5, 48)).from("classifier.weight");
        map.expect("head.bias", Shape.of(5)).from("classifier.bias");
        Path folder = FixtureFiles.of("vit-hf/model.safetensors").getParent();
        try (Parameters parameters = map.build().load(Checkpoint.open(folder));
                Checkpoint raw = Checkpoint.open(folder)) {
            assertEquals(48 * 192 + 48 + 48 + 17 * 48 + 144 * 48 + 48 + 245, parameters.count());
            float[] qkv = parameters.floats("blocks.0.qkv.weight");
            float[] key = raw.tensor("vit." + attention + "key.weight").toFloats();
            assertArrayEquals(key, java.util.Arrays.copyOfRange(qkv, 48 * 48, 2 * 48 * 48), 0f);
            assertArrayEquals(raw.tensor("classifier.weight").toFloats(), parameters.floats("head.weight"), 0f);
        }
    }

    @Test
    void loadReportsEveryMismatchAtOnce() throws IOException {
        Checkpoint checkpoint = checkpoint(
                "vit.norm", floats(3),
                "vit.q", floats(2, 2),
                "vit.k", floats(2, 3),
                "vit.half.q", floats(1, 1),
                "vit.ids", Tensor.of(new int[] {1}, 1),
                "pooler.bias", floats(1),
                "extra", floats(2));
        NameMap.Builder map = NameMap.builder().prefixes("vit.").ignore("pooler.*");
        map.expect("norm", Shape.of(4)).from("norm");
        map.expect("qk", Shape.of(4, 2)).concat("q", "k");
        map.expect("half", Shape.of(2, 1)).concat("half.q", "half.k");
        map.expect("ids", Shape.of(1)).from("ids");
        map.expect("gone", Shape.of(7)).from("gone", "gone.old");
        String message = assertThrows(
                        ModelFormatException.class, () -> map.build().load(checkpoint))
                .getMessage();
        assertTrue(message.startsWith(dir + ": the checkpoint does not fit the model."), message);
        assertTrue(
                message.contains("2 missing:\n    vit.half.k (for half [2, 1])\n    vit.gone (for gone [7])\n"),
                message);
        assertTrue(message.contains("1 not used by the model:\n    extra F32 [2]\n"), message);
        assertTrue(
                message.contains("3 wrong shape or type:\n    vit.norm must be [4], got [3] (for norm [4])"), message);
        assertTrue(
                message.contains("vit.q + vit.k must be [4, 2] when joined along axis 0, got [2, 2] + [2, 3]"),
                message);
        assertTrue(message.contains("vit.ids must be of a floating-point type, got I32"), message);
        assertTrue(message.contains("Check that config.json"), message);
        assertFalse(message.contains("pooler"), message);
        assertThrows(IllegalStateException.class, () -> checkpoint.tensor("extra"), "must have been closed");
    }

    @Test
    void loadCapsItsListsAtTwenty() throws IOException {
        Object[] all = new Object[50];
        for (int i = 0; i < 25; i++) {
            all[2 * i] = "t" + (10 + i);
            all[2 * i + 1] = floats(1);
        }
        Checkpoint checkpoint = checkpoint(all);
        String message = assertThrows(
                        ModelFormatException.class,
                        () -> NameMap.builder().build().load(checkpoint))
                .getMessage();
        assertTrue(message.contains("25 not used") && message.contains("t29 F32 [1]\n    and 5 more"), message);
        assertFalse(message.contains("t30"), message);
    }

    @Test
    void firstAlternativeThatIsWholeWins() throws IOException {
        NameMap.Builder map = NameMap.builder().ignore("q", "v");
        map.expect("qkv", Shape.of(3)).concat("q", "k", "v").from("qkv").concat("x", "y");
        try (Parameters parameters = map.build()
                .load(checkpoint("q", floats(1), "v", floats(1), "qkv", Tensor.of(new float[] {1, 2, 3}, 3)))) {
            assertArrayEquals(new float[] {1, 2, 3}, parameters.floats("qkv"), 0f);
        }
    }

    @Test
    void prefixesAreTriedInOrderForEachTensor() throws IOException {
        NameMap.Builder map = NameMap.builder().prefixes("a.", "b.").ignore("gone");
        map.expect("x", Shape.of(1)).from("x");
        map.expect("y", Shape.of(1)).from("y");
        map.expect("z", Shape.of(1)).from("z");
        NameMap built = map.build();
        try (Parameters parameters = built.load(checkpoint(
                "a.x", Tensor.of(new float[] {1}, 1),
                "b.y", Tensor.of(new float[] {2}, 1),
                "z", Tensor.of(new float[] {3}, 1),
                "b.gone", floats(1)))) {
            assertEquals(Set.of("x", "y", "z"), parameters.names());
            assertEquals(2, parameters.floats("y")[0], 0f);
            assertEquals(3, parameters.floats("z")[0], 0f);
        }
    }

    @Test
    void builderRefusesContradictions() {
        NameMap.Builder map = NameMap.builder();
        Expectation x = map.expect("x", Shape.of(2));
        assertThrows(IllegalArgumentException.class, () -> map.expect("x", Shape.of(2)));
        assertThrows(IllegalArgumentException.class, () -> x.reshapedFrom(3));
        var e = assertThrows(IllegalArgumentException.class, map::build);
        assertTrue(e.getMessage().contains("'x': nothing says where it comes from"), e.getMessage());
    }

    @Test
    void aMatrixStoredTransposedIsTurned() throws IOException {
        Tensor stored = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        NameMap.Builder map = NameMap.builder();
        map.expect("ours", Shape.of(3, 2)).from("theirs").transposed();
        try (Parameters parameters = map.build().load(checkpoint("theirs", stored))) {
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, parameters.floats("ours"));
            assertArrayEquals(
                    new float[] {1, 4, 2, 5, 3, 6}, parameters.tensor("ours").toFloats());
            FloatBuffer middle = FloatBuffer.allocate(3);
            parameters.readFloats("ours", 1, middle);
            assertArrayEquals(new float[] {4, 2, 5}, middle.array());
        }
    }

    @Test
    void aTransposedMatrixOfAnotherShapeIsAnError() throws IOException {
        NameMap.Builder map = NameMap.builder();
        map.expect("ours", Shape.of(2, 3)).from("theirs").transposed();
        Checkpoint checkpoint = checkpoint("theirs", floats(2, 3));
        ModelFormatException e =
                assertThrows(ModelFormatException.class, () -> map.build().load(checkpoint));
        assertTrue(e.getMessage().contains("theirs must be [3, 2]"), e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> NameMap.builder().expect("vector", Shape.of(2)).transposed());
    }
}
