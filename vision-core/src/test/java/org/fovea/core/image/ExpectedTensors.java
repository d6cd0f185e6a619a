package org.fovea.core.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/** Reads the tensors of a fixture's {@code expected.safetensors}. */
final class ExpectedTensors {
    private ExpectedTensors() {}

    static Path fixture(String name) {
        return resource("/fixtures/" + name);
    }

    static Path resource(String name) {
        try {
            return Path.of(ExpectedTensors.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, Tensor> of(String fixture) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(fixture(fixture).resolve("expected.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = (int) file.getLong();
        JsonNode header = new ObjectMapper().readTree(file.array(), 8, headerBytes);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        header.fields().forEachRemaining(entry -> {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(entry.getValue(), file, 8 + headerBytes));
            }
        });
        return tensors;
    }

    private static Tensor tensor(JsonNode entry, ByteBuffer file, int base) {
        int[] sizes = new int[entry.get("shape").size()];
        Arrays.setAll(sizes, i -> entry.get("shape").get(i).asInt());
        int begin = entry.get("data_offsets").get(0).asInt();
        int end = entry.get("data_offsets").get(1).asInt();
        return Tensor.wrap(
                DType.valueOf(entry.get("dtype").asText()), Shape.of(sizes), file.slice(base + begin, end - begin));
    }
}
