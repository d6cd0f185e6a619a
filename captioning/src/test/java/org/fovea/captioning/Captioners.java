package org.fovea.captioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;

/** Captioners with what the reference computes of them. */
public final class Captioners {
    /** Fixtures made from the photograph of another, which stands there once. */
    private static final Map<String, String> PHOTOGRAPHS = Map.of(
            "blip-captioning", "deit-hf",
            "blip-captioning-bin", "deit-hf",
            "vit-gpt2", "vit-timm",
            "git", "dinov2-hf");

    private Captioners() {}

    public static Path directory(String name) {
        return FixtureFiles.of(name);
    }

    public static Path image(String name) {
        return FixtureFiles.of(PHOTOGRAPHS.get(name)).resolve("image.png");
    }

    /** The tensors that the reference computes; the two forms of BLIP's weights share them. */
    public static Map<String, Tensor> expected(String name) {
        return FixtureFiles.expected(name.replace("-bin", ""));
    }

    /** Arguments and texts of each variant of generation. */
    public static JsonNode generations(String name) {
        return json(name).get("generations");
    }

    public static JsonNode json(String name) {
        try {
            return new ObjectMapper()
                    .readTree(FixtureFiles.of(name.replace("-bin", ""))
                            .resolve("expected.json")
                            .toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
