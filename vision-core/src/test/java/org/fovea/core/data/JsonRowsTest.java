package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonRowsTest {
    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> array(String json) {
        List<String> out = new ArrayList<>();
        JsonRows.array("x.json", text(json), "images", "{\"image\": \"…\"}", row -> out.add(row.text("image")));
        return out;
    }

    @Test
    void arraysHoldSeveralObjects() {
        assertEquals(List.of("a", "b"), array("[{\"image\": \"a\"}, {\"image\": \"b\"}]"));
        assertEquals(
                List.of("a", "b"), array("{\"dataset\": {}, \"images\": [{\"image\": \"a\"}, {\"image\": \"b\"}]}"));
    }

    @Test
    void anArrayOfOtherThingsIsNamed() {
        var e = assertThrows(DataSetException.class, () -> array("[{\"image\": \"a\"}, 3]"));
        assertTrue(e.getMessage().contains("x.json, object 2: must be an object"), e.getMessage());
        e = assertThrows(DataSetException.class, () -> array("{\"other\": []}"));
        assertTrue(e.getMessage().contains("x.json: must be an array of objects"), e.getMessage());
    }

    @Test
    void linesAreNumbered() {
        var e = assertThrows(
                DataSetException.class,
                () -> JsonRows.lines(
                        "x.jsonl",
                        text("{}\n\n{\"a\": 1"),
                        "{…}",
                        row -> assertEquals("x.jsonl, line 1", row.place())));
        assertTrue(e.getMessage().contains("x.jsonl, line 3: must be JSON"), e.getMessage());
    }
}
