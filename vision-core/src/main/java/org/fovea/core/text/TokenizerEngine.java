package org.fovea.core.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.fovea.core.LibraryException;
import org.fovea.core.ModelFormatException;

/** Access to the native tokenizer library. */
final class TokenizerEngine {
    /** Options that disable truncation and padding, which models do by their own rules. */
    private static final Map<String, String> OPTIONS = Map.of("truncation", "false", "padding", "false");

    private TokenizerEngine() {}

    /**
     * Creates an engine.
     *
     * @param json content of a {@code tokenizer.json}
     */
    static HuggingFaceTokenizer create(String json, Path directory) {
        stayOffline();
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), OPTIONS);
        } catch (LinkageError | ai.djl.engine.EngineException e) {
            throw new LibraryException(
                    "Tokenizer: its native library must load on this platform (Linux x86_64 and aarch64, macOS arm64,"
                            + " Windows x86_64), got " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + e.getMessage() + ").",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new ModelFormatException(
                    directory + ": the tokenizer must be one that the reference reads, got '" + e.getMessage()
                            + "'. Download tokenizer.json and tokenizer_config.json again.",
                    e);
        }
    }

    /** Keeps the library from accessing the network, unless the user has set the option. */
    private static void stayOffline() {
        if (System.getProperty("ai.djl.offline") == null && System.getenv("DJL_OFFLINE") == null) {
            System.setProperty("ai.djl.offline", "true");
        }
    }
}
