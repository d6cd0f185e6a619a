package org.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    Path dir;

    @BeforeEach
    void writeShards() throws IOException {
        new SafetensorsWriter().add("a", Tensor.of(new float[] {1}, 1)).write(dir.resolve(FIRST));
        new SafetensorsWriter()
                .add("b", Tensor.of(new float[] {2}, 1))
                .add("extra", Tensor.of(new float[] {3}, 1))
                .write(dir.resolve(SECOND));
    }

    private void index(String weightMap) throws IOException {
        String json = "{'metadata':{'total_size':8},'weight_map':" + weightMap + "}\n";
        Files.writeString(dir.resolve(Checkpoint.INDEX_FILE), json.replace('\'', '"'));
    }

    private String openFails(Path path) {
        return assertThrows(ModelFormatException.class, () -> Checkpoint.open(path))
                .getMessage();
    }

    @Test
    void openReadsOneFileByFolderOrByName() {
        Path file = FixtureFiles.of("vit-hf/model.safetensors");
        try (Checkpoint folder = Checkpoint.open(file.getParent());
                Checkpoint direct = Checkpoint.open(file)) {
            assertEquals(folder.names(), direct.names());
            assertTrue(folder.names().contains("classifier.bias"));
            assertArrayEquals(
                    folder.tensor("classifier.bias").toFloats(),
                    direct.tensor("classifier.bias").toFloats(),
                    0f);
        }
    }

    @Test
    void openReadsShards() throws IOException {
        index("{'a':'%s','b':'%s'}".formatted(FIRST, SECOND));
        try (Checkpoint checkpoint = Checkpoint.open(dir)) {
            assertEquals(Set.of("a", "b"), checkpoint.names());
            assertEquals(1, checkpoint.tensor("a").toFloats()[0], 0f);
            assertEquals(2, checkpoint.tensor("b").toFloats()[0], 0f);
            assertThrows(IllegalArgumentException.class, () -> checkpoint.info("extra"));
        }
    }

    @Test
    void openReportsATensorThatIsNotInItsShard() throws IOException {
        index("{'a':'%s','b':'%s'}".formatted(FIRST, FIRST));
        String message = openFails(dir);
        assertTrue(message.contains("'b'") && message.contains(FIRST + ", which does not hold it"), message);
    }

    @Test
    void openReportsAllMissingShards() throws IOException {
        index("{'a':'x.safetensors','b':'%s','c':'y.safetensors'}".formatted(SECOND));
        String message = openFails(dir);
        assertTrue(message.contains("no x.safetensors, y.safetensors"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../model.safetensors",
                "/etc/x.safetensors",
                "..",
                "",
                "a\\\\b.safetensors",
                "C:x.safetensors",
                "sub/x.safetensors",
                "x\\u0000.safetensors",
                "x.bin"
            })
    void openRefusesShardsOutsideTheFolder(String shard) throws IOException {
        index("{'a':'" + shard + "'}");
        String message = openFails(dir);
        assertTrue(message.contains("must be the name of a .safetensors file in the same folder"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|must name at least one tensor, got none",
                "[]|must be a JSON object, got an array",
                "{'a':1}|'a' must be a string",
                "{'a':'x','a':'x'}|got 'a' twice",
                "{|must be JSON"
            })
    void openRefusesMalformedIndexes(String weightMap, String expected) throws IOException {
        index(weightMap);
        assertTrue(openFails(dir).contains(expected), openFails(dir));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch_model.bin", "model.pth", "last.pt"})
    void openSaysHowToConvertPicklesOfOtherKinds(String name) throws IOException {
        Path folder = Files.createDirectory(dir.resolve("pickle"));
        Path file = Files.writeString(folder.resolve(name), "");
        String message = openFails(file);
        assertTrue(message.contains("torch.load(") && message.contains("got an empty file"), message);
        assertTrue(message.contains("save_file") && message.contains("save_pretrained"), message);
    }

    @Test
    void openSaysWhatItLookedForAndWhatIsThere() throws IOException {
        String message = openFails(dir);
        assertTrue(message.contains("model.safetensors, pytorch_model.bin or the .index.json of one of them"), message);
        assertTrue(message.contains(FIRST + ", " + SECOND), message);
        assertTrue(openFails(Files.createDirectory(dir.resolve("empty"))).contains("an empty folder"));
        assertTrue(openFails(dir.resolve("absent")).contains("nothing under this path"));
        assertTrue(openFails(Files.writeString(dir.resolve("notes.txt"), ""))
                .contains("must be a .safetensors or .bin file"));
    }
}
