package org.fovea.core.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.core.ModelFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @TempDir
    private Path directory;

    @Test
    void valuesOfEveryKindAreRead() throws IOException {
        ConfigFile file =
                read("{\"t\": \"x\", \"f\": true, \"i\": 7, \"w\": 4.0, \"n\": 1e-12, \"s\": 9, \"p\": [3, 4],"
                        + " \"l\": [1, 2], \"a\": [\"u\", \"v\"], \"o\": {\"k\": 1}, \"nil\": null}");
        assertEquals(Optional.of("x"), file.text("t"));
        assertEquals(Optional.of(true), file.flag("f"));
        assertEquals(Optional.of(7), file.integer("i", 0, 7));
        assertEquals(Optional.of(4), file.integer("w", 0, 7));
        assertEquals(Optional.of(1e-12), file.number("n", 0, 1));
        assertEquals(Optional.of(7.0), file.number("i", 0, 9));
        assertArrayEquals(new int[] {9, 9}, file.sides("s", 1, 9).orElseThrow());
        assertArrayEquals(new int[] {3, 4}, file.sides("p", 1, 9).orElseThrow());
        assertEquals(Optional.of(List.of(1, 2)), file.integers("l", 0, 9));
        assertEquals(Optional.of(List.of("u", "v")), file.texts("a"));
        assertEquals(Optional.of(1), file.object("o").orElseThrow().integer("k", 0, 9));
        assertEquals(Optional.empty(), file.text("nil"));
        assertFalse(file.has("nil"));
        assertEquals(Optional.empty(), file.text("absent"));
    }

    @Test
    void wrongValuesNameKeyRuleAndValue() throws IOException {
        assertRefused(
                "{\"o\": {\"k\": \"1\"}}",
                f -> f.object("o").orElseThrow().integer("k", 0, 9),
                "\"o.k\" must be a whole number from 0 to 9, got \"1\"");
        assertRefused("{\"k\": 10}", f -> f.integer("k", 0, 9), "got 10");
        assertRefused("{\"k\": 99999999999999999999}", f -> f.integer("k", 0, 9), "got 99999999999999999999");
        assertRefused("{\"k\": 1.5}", f -> f.integer("k", 0, 9), "got 1.5");
        assertRefused("{\"k\": NaN}", f -> f.number("k", 0, 9), "must be a number from 0.0 to 9.0, got NaN");
        assertRefused("{\"k\": 1e-300}", f -> f.number("k", 0, 9), "0 or at least 1.17549435E-38 in size");
        assertRefused("{\"k\": Infinity}", f -> f.number("k", 0, 9), "got Infinity");
        assertRefused("{\"k\": [1, NaN]}", f -> f.numbers("k", 0, 9), "got NaN");
        assertRefused("{\"k\": {\"b\": [true, null]}}", f -> f.text("k"), "got {\"b\":[true,null]}");
        assertRefused("{\"k\": [1, 2, 3]}", f -> f.sides("k", 0, 9), "or two of them, [height, width], got [1,2,3]");
        assertRefused("{\"k\": [\"a\", 2]}", f -> f.texts("k"), "must be an array of strings, got [\"a\",2]");
        assertRefused("{\"k\": 1}", f -> f.required("j", f.text("j")), "\"j\" must be given, got none, only [k]");
        assertRefused("{\"k\": \"a\\u001b[31m\\n\"}", f -> f.flag("k"), "got \"a [31m \"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | must be a JSON object, got the end of the file",
                "[1] | must be a JSON object, got an array",
                "{\"a\": 1 | must be JSON, got at line 1",
                "{\"a\": 1, \"a\": 2} | a name may occur once, got 'a' twice",
                "{} {} | nothing but spaces may follow the object, got an object",
            })
    void whatIsNoObjectIsRefused(String text, String error) {
        assertRefused(text, f -> {}, error);
    }

    @Test
    void deepNestingIsRefusedWithoutOverflow() {
        assertRefused("{\"a\": " + "[".repeat(100_000), f -> {}, "must be JSON");
    }

    @Test
    void missingAndUnreadableFilesAreNamed() throws IOException {
        Path absent = directory.resolve("absent.json");
        String message = assertThrows(ModelFormatException.class, () -> ConfigFile.read(absent))
                .getMessage();
        assertTrue(message.startsWith(absent + ": this file must exist, got none. "), message);
        Path latin = Files.write(directory.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xe9, '"'});
        String encoding = assertThrows(ModelFormatException.class, () -> ConfigFile.read(latin))
                .getMessage();
        assertTrue(encoding.contains("must be UTF-8 text"), encoding);
    }

    private ConfigFile read(String json) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve("config.json"), json));
    }

    private void assertRefused(String json, Consumer<ConfigFile> use, String text) {
        String message = assertThrows(ModelFormatException.class, () -> use.accept(read(json)))
                .getMessage();
        assertTrue(message.startsWith(directory.resolve("config.json").toString()), message);
        assertTrue(message.contains(text), message);
    }
}
