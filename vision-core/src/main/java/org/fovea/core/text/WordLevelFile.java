package org.fovea.core.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.io.JsonText;

/** The {@code tokenizer.json} of a vocabulary of whole lower-case words, which Hugging Face tokenizers can read. */
public final class WordLevelFile {
    private WordLevelFile() {}

    /**
     * Writes the file, replacing an earlier one atomically; the same vocabulary gives the same bytes.
     *
     * @param directory existing directory
     * @param words words by their ids, special tokens included
     * @param unknown token that stands for all other words
     * @param splitting type of the pre-tokenizer that separates words, such as {@code Whitespace}
     * @param added entries of {@code added_tokens}
     * @throws IOException when it cannot be written
     */
    public static void write(
            Path directory, List<String> words, String unknown, String splitting, List<Map<String, Object>> added)
            throws IOException {
        Map<String, Object> ids = new LinkedHashMap<>();
        words.forEach(word -> ids.put(word, ids.size()));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "WordLevel");
        model.put("unk_token", unknown);
        model.put("vocab", ids);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("version", "1.0");
        out.put("truncation", null);
        out.put("padding", null);
        out.put("added_tokens", added);
        out.put("normalizer", Map.of("type", "Lowercase"));
        out.put("pre_tokenizer", Map.of("type", splitting));
        out.put("post_processor", null);
        out.put("decoder", null);
        out.put("model", model);
        AtomicFile.write(directory.resolve(TokenizerFiles.NEWEST), JsonText.of(out));
    }
}
