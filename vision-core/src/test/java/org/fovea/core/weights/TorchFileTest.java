package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.TorchWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchFileTest {
    @TempDir
    Path dir;

    private static void assertEqualToTheBit(Checkpoint expected, Checkpoint actual) {
        Set<String> weights = new TreeSet<>(actual.names());
        weights.removeIf(name -> name.endsWith(".position_ids")); // a buffer that older uploads hold
        assertEquals(expected.names(), weights);
        for (String name : expected.names()) {
            assertEquals(expected.info(name).dtype(), actual.info(name).dtype(), name);
            assertEquals(expected.info(name).shape(), actual.info(name).shape(), name);
            assertEquals(expected.info(name).byteCount(), actual.info(name).byteCount(), name);
            assertEquals(
                    expected.tensor(name).buffer(), actual.tensor(name).buffer(), () -> name + ": bytes that differ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "blip-captioning, blip-captioning-bin",
        "vilt-vqa, vilt-vqa-bin",
        "torch/views.safetensors, torch/views.bin"
    })
    void tensorsEqualTheirSafetensorsTwinsToTheBit(String safetensors, String bin) {
        try (Checkpoint expected = Checkpoint.open(FixtureFiles.of(safetensors));
                Checkpoint actual = Checkpoint.open(FixtureFiles.of(bin))) {
            assertTrue(expected.names().size() > 20, () -> expected.names().toString());
            assertEqualToTheBit(expected, actual);
        }
    }

    @Test
    void tensorIsAViewOfTheMappedFileWhereElementsLieSideBySide() {
        try (TorchFile file = TorchFile.open(FixtureFiles.of("torch/views.bin"))) {
            for (String name : List.of("row", "every_other", "tied_a", "one_wide", "transposed", "column")) {
                boolean view = List.of("row", "tied_a", "one_wide").contains(name);
                assertTrue(file.tensor(name).buffer().isDirect(), name);
                assertEquals(view, file.tensor(name).buffer().isReadOnly(), name);
            }
            assertEquals(file.info("tied_a"), file.info("tied_b"));
            TensorInfo column = file.info("column");
            assertEquals(12, column.byteCount());
            assertEquals((2 * 4 + 1) * 4, column.end() - column.begin());
        }
    }

    @Test
    void readFloatsReadsAnyPartOfAView() {
        try (TorchFile file = TorchFile.open(FixtureFiles.of("torch/views.bin"))) {
            for (String name : file.names()) {
                float[] all = file.tensor(name).toFloats();
                for (int from = 0; from < all.length; from++) {
                    float[] rest = new float[all.length - from];
                    file.readFloats(name, from, FloatBuffer.wrap(rest));
                    assertArrayEquals(Arrays.copyOfRange(all, from, all.length), rest, 0f, name + " from " + from);
                }
            }
            assertArrayEquals(
                    new float[] {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11},
                    file.tensor("transposed").toFloats(),
                    0f);
            assertThrows(
                    IllegalArgumentException.class, () -> file.readFloats("transposed", 12, FloatBuffer.allocate(1)));
        }
    }

    @Test
    void openTakesADictionaryOfTensorsUnderStateDict() {
        try (Checkpoint nested = Checkpoint.open(FixtureFiles.of("torch/nested.bin"))) {
            assertEquals(Set.of("weight"), nested.names());
            assertEquals(Shape.of(3, 4), nested.info("weight").shape());
            assertEquals(11, nested.tensor("weight").toFloats()[11], 0f);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import.bin | no import but those of plain tensors, got argparse.Namespace",
                "module.bin | no import but those of plain tensors, got torch.nn.modules.linear.Linear",
                "legacy.bin | since PyTorch 1.6 (2020), got another file, or one that an older PyTorch wrote"
            })
    void openRefusesWhatTorchWritesOtherwiseAndSaysHowToConvert(String name, String expected) {
        var e = assertThrows(ModelFormatException.class, () -> Checkpoint.open(FixtureFiles.of("torch/" + name)));
        assertTrue(e.getMessage().contains(name) && e.getMessage().contains(expected), e.getMessage());
        assertTrue(
                e.getMessage().contains("st.save_file") && e.getMessage().contains("save_pretrained"), e.getMessage());
    }

    @Test
    void safetensorsWinWhereBothAreThere() throws IOException {
        Files.write(dir.resolve("pytorch_model.bin"), new byte[] {1});
        assertThrows(ModelFormatException.class, () -> Checkpoint.open(dir));
        new SafetensorsWriter().add("a", Tensor.of(new float[] {1}, 1)).write(dir.resolve("model.safetensors"));
        try (Checkpoint checkpoint = Checkpoint.open(dir)) {
            assertEquals(Set.of("a"), checkpoint.names());
        }
    }

    @Test
    void writtenFilesAreReadAndStayReadableAfterClosing() throws IOException {
        Tensor weights = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        Path path = dir.resolve("weights.pt");
        TorchWriter.write(path, Map.of("é.weight", weights, "steps", Tensor.of(new int[] {7})));
        Checkpoint checkpoint = Checkpoint.open(path);
        assertEquals(Set.of("é.weight", "steps"), checkpoint.names());
        assertEquals(0, checkpoint.info("é.weight").begin() % 64);
        Tensor read = checkpoint.tensor("é.weight");
        checkpoint.close();
        assertThrows(IllegalStateException.class, () -> checkpoint.tensor("steps"));
        assertArrayEquals(weights.toFloats(), read.toFloats(), 0f);
        assertFalse(read.buffer().hasArray());
    }
}
