package org.fovea.vqa;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;

/** Answerers with what the reference computes of them. */
public final class AnswererFixtures {
    public static final String VILT = "vilt-vqa";
    public static final String VILT_BIN = "vilt-vqa-bin";
    public static final String BLIP = "blip-vqa";

    /** Fixtures made from the photograph of another, which stands there once. */
    private static final Map<String, String> PHOTOGRAPHS = Map.of(VILT, "deit-hf", VILT_BIN, "deit-hf", BLIP, "vit-hf");

    private AnswererFixtures() {}

    public static Path directory(String name) {
        return FixtureFiles.of(name);
    }

    public static Path image(String name) {
        return FixtureFiles.of(PHOTOGRAPHS.get(name)).resolve("image.png");
    }

    /** The tensors that the reference computes; the two forms of ViLT's weights share them. */
    public static Map<String, Tensor> expected(String name) {
        return FixtureFiles.expected(name.replace("-bin", ""));
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
