package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":[1,-2.5,\"x\",true,false,null,{}],\"b\":{\"c\":[]}}", "[]", "7", "99999999999999999999"})
    void writesBackWhatItRead(String json) throws IOException {
        assertEquals(json, JsonTree.read(json).toString());
    }

    @Test
    void emptyTextHasNoValue() throws IOException {
        assertNull(JsonTree.read(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\" 1}", "{} {}", "{\"a\": }", "nul"})
    void refusesWhatIsNoJson(String text) {
        assertThrows(JsonProcessingException.class, () -> JsonTree.read(text));
    }
}
