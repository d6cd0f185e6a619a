package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.CaptionVocabulary;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.generate.CachedDecoder;
import org.fovea.core.generate.DecoderSession;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.generate.TextGeneration;
import org.fovea.core.generate.TextGenerator;
import org.fovea.core.generate.TokenListener;
import org.fovea.core.tensor.Tensor;

/** Writes captions with weights as they are now, the likeliest of a search. Holds native memory until it is closed. */
final class SearchWriter implements CaptionEvaluation.Writer, AutoCloseable {
    private final CaptionerModel model;
    private final CaptionVocabulary vocabulary;
    private final int batch;
    private final CachedDecoder programs;
    private final TextGenerator generator;

    /**
     * Creates a writer.
     *
     * @param batch pictures computed together
     * @param search generation options; tokens and length are replaced by those of the model
     */
    SearchWriter(
            CaptionerModel model,
            CaptionVocabulary vocabulary,
            int batch,
            GenerationOptions search,
            Backend backend,
            WeightSource weights,
            Precision precision) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.batch = batch;
        this.programs = new CachedDecoder("SearchWriter", model, backend, weights, precision);
        Map<String, Object> options = new HashMap<>();
        if (!vocabulary.unwritten().isEmpty()) {
            options.put(
                    "bad_words_ids",
                    vocabulary.unwritten().stream().map(List::of).toList());
        }
        this.generator = new TextGenerator(
                search.with(options).withTokens(vocabulary.tokens()).withMaxNewTokens(model.positions() - 1));
    }

    @Override
    public List<WrittenCaption> write(Tensor pixels) {
        List<WrittenCaption> out = new ArrayList<>();
        int count = pixels.shape().dim(0);
        for (int first = 0; first < count; first += batch) {
            int size = Math.min(batch, count - first);
            Tensor part = Tensor.stack(List.of(pixels.rows(first, first + size)), batch);
            out.addAll(writeBatch(part).subList(0, size));
        }
        return out;
    }

    private List<WrittenCaption> writeBatch(Tensor pixels) {
        int[] prompt = {vocabulary.start()};
        Map<String, Tensor> inputs = Map.of(CaptionerModel.PIXELS, pixels);
        try (DecoderSession session =
                programs.start(inputs, batch, generator.rowsPerImage(), model.positions(), true)) {
            return generator.generate(session, batch, prompt, TokenListener.NONE).stream()
                    .map(texts -> caption(texts.get(0)))
                    .toList();
        }
    }

    /** Caption of generated tokens; the attention of a word is that of its first token. */
    private WrittenCaption caption(TextGeneration text) {
        int[] tokens = text.newTokens().stream().mapToInt(token -> token).toArray();
        List<float[]> attention = new ArrayList<>();
        for (int i = 0; i < tokens.length; i++) {
            String sofar = vocabulary.decode(Arrays.copyOf(tokens, i + 1));
            int words = sofar.isEmpty() ? 0 : sofar.split(" ").length;
            while (attention.size() < words) {
                attention.add(mean(text.attention().get(i)));
            }
        }
        return new WrittenCaption(vocabulary.decode(tokens), attention);
    }

    /** Mean of {@code [layers, heads, M]} over layers and heads, at the positions of the grid, which come last in M. */
    private float[] mean(Tensor attention) {
        float[] all = attention.toFloats();
        int memory = attention.shape().dim(2);
        int maps = all.length / memory;
        float[] out = new float[model.gridRows() * model.gridColumns()];
        for (int i = 0; i < all.length; i++) {
            int place = i % memory - (memory - out.length);
            if (place >= 0) {
                out[place] += all[i] / maps;
            }
        }
        return out;
    }

    @Override
    public void close() {
        programs.close();
    }
}
