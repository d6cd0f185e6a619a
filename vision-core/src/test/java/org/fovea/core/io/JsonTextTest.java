package org.fovea.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTextTest {
    @TempDir
    Path folder;

    @Test
    void treesComeBackAsTheyWereRead() throws IOException {
        String json = "{\"a\":[1,-2.5,\"x\",true,false,null,{}],\"b\":{\"c\":[]},\"d\":99999999999999999999,"
                + "\"e\":NaN,\"f\":[Infinity,-Infinity],\"a b\":\"\\u0000\\n\"}";
        Path file = Files.writeString(folder.resolve("a.json"), json);
        assertEquals(json, JsonText.line(JsonReader.readTree(file, "")));
        Files.writeString(file, JsonText.of(JsonReader.readTree(file, "")));
        assertEquals(json, JsonText.line(JsonReader.readTree(file, "")));
    }
}
