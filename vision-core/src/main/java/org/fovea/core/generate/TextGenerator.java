package org.fovea.core.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.tensor.Tensor;

/**
 * Writes texts for images with any {@link DecoderSession}: the search that {@link GenerationOptions} ask for.
 *
 * @param options options of the search
 */
public record TextGenerator(GenerationOptions options) {
    /** Number of rows that a session needs for each image. */
    public int rowsPerImage() {
        return options.search().beams() > 1 ? options.search().beams() : options.sequences();
    }

    /**
     * Checks a prompt, and that the options suit a model.
     *
     * @param prompt {@code [T]}, the first token at least
     * @throws IllegalArgumentException when the prompt is empty or leaves no room, the text could grow beyond the model's
     *     positions, or the options name tokens that the model has no word for
     */
    public void check(int[] prompt, TextModel model) {
        check(prompt, model.positions(), model.vocabulary());
    }

    void check(int[] prompt, int positions, int vocabulary) {
        checkTokens(vocabulary);
        int most = options.lengths().maxLength(prompt.length);
        if (prompt.length == 0) {
            throw new IllegalArgumentException(
                    "generate: the prompt must have a first token, got none; name one with bos_token_id or"
                            + " decoder_start_token_id");
        }
        if (prompt.length >= most) {
            throw new IllegalArgumentException("generate: the prompt must be shorter than the longest text, got "
                    + prompt.length + " tokens and max_length " + most
                    + ". Shorten the prompt or raise max_new_tokens.");
        }
        if (most > positions) {
            throw new IllegalArgumentException("generate: a text must fit the model's " + positions
                    + " positions, got a prompt of " + prompt.length + " tokens and at most " + most
                    + " with it. Shorten the prompt or lower max_new_tokens.");
        }
        if (options.lengths().minLength(prompt.length) > most) {
            throw new IllegalArgumentException("generate: min_length must be at most max_length, got "
                    + options.lengths().minLength(prompt.length) + " and " + most);
        }
    }

    private void checkTokens(int vocabulary) {
        Map<String, List<Integer>> named = new LinkedHashMap<>();
        named.put("eos_token_id", options.tokens().end());
        named.put("pad_token_id", List.of(Math.max(0, options.tokens().pad())));
        named.put("forced_bos_token_id", List.of(Math.max(0, options.rules().forcedBegin())));
        named.put("forced_eos_token_id", options.rules().forcedEnd());
        named.put(
                "bad_words_ids",
                options.rules().badWords().stream().flatMap(List::stream).toList());
        named.forEach((key, ids) -> ids.stream()
                .filter(id -> id < 0 || id >= vocabulary)
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalArgumentException("generate: " + key + " must be a token of the model, from 0 to "
                            + (vocabulary - 1) + ", got " + id
                            + ". Take generation_config.json and config.json from where the weights came from.");
                }));
    }

    /**
     * Generates the texts of a batch of images.
     *
     * @param session new session with {@link #rowsPerImage} rows for each image
     * @param images number of images in the batch
     * @param prompt token ids {@code [T]} that every text begins with
     * @return texts of each image, best first if the search ranks them
     */
    public List<List<TextGeneration>> generate(
            DecoderSession session, int images, int[] prompt, TokenListener listener) {
        int each = rowsPerImage();
        if (session.rows() != images * each) {
            throw new IllegalArgumentException(
                    "generate: the session must have " + images + " x " + each + " rows, got " + session.rows());
        }
        List<ImageSearch> searches = IntStream.range(0, images)
                .mapToObj(image -> search(prompt, image, listener))
                .toList();
        int[][] tokens = new int[session.rows()][];
        Arrays.fill(tokens, prompt);
        while (true) {
            Tensor logits = session.step(tokens);
            advance(searches, logits.toFloats(), session, each);
            if (searches.stream().allMatch(ImageSearch::isFinished)) {
                break;
            }
            reorder(session, searches, each);
            int row = 0;
            for (ImageSearch search : searches) {
                for (int token : search.tokens()) {
                    tokens[row++] = new int[] {token};
                }
            }
        }
        List<List<TextGeneration>> out =
                searches.stream().map(ImageSearch::results).toList();
        if (options.search().beams() > 1) {
            tellBest(out, listener);
        }
        return out;
    }

    private ImageSearch search(int[] prompt, int image, TokenListener listener) {
        return options.search().beams() > 1
                ? new BeamRows(options, prompt)
                : new RowSearch(options, prompt, (text, token, log) -> listener.token(image, text, token, log));
    }

    private static void advance(List<ImageSearch> searches, float[] logits, DecoderSession session, int each) {
        Optional<Tensor> attention = session.attention();
        for (int image = 0; image < searches.size(); image++) {
            if (searches.get(image).isFinished()) {
                continue;
            }
            List<Candidates> rows = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                rows.add(new Candidates(logits, image * each + i, session.vocabulary(), attention));
            }
            searches.get(image).advance(rows);
        }
    }

    private static void reorder(DecoderSession session, List<ImageSearch> searches, int each) {
        int[] rows = new int[session.rows()];
        boolean moved = false;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / each * each + searches.get(i / each).origins()[i % each];
            moved |= rows[i] != i;
        }
        if (moved) {
            session.reorder(rows);
        }
    }

    private static void tellBest(List<List<TextGeneration>> texts, TokenListener listener) {
        for (int image = 0; image < texts.size(); image++) {
            TextGeneration best = texts.get(image).get(0);
            for (int i = 0; i < best.newTokens().size(); i++) {
                listener.token(
                        image,
                        0,
                        best.newTokens().get(i),
                        best.logProbabilities().get(i));
            }
        }
    }
}
