package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.model.ImageWriter;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.ProgramSession;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.tensor.Tensor;

/** Writes captions with a model as it is now, each word the likeliest. Holds native memory until it is closed. */
final class GreedyWriter implements CaptionEvaluation.Writer, AutoCloseable {
    private final ImageWriter model;
    private final WordVocabulary vocabulary;
    private final int batch;
    private final Program look;
    private final Program step;

    GreedyWriter(
            ImageWriter model,
            WordVocabulary vocabulary,
            int batch,
            Backend backend,
            WeightSource weights,
            Precision precision) {
        this.model = model;
        this.vocabulary = vocabulary;
        this.batch = batch;
        this.look = backend.compile(model.look(batch), weights, precision);
        this.step = backend.compile(model.step(batch, 1), weights, precision);
    }

    @Override
    public List<WrittenCaption> write(List<RgbImage> pictures) {
        List<WrittenCaption> out = new ArrayList<>();
        for (int first = 0; first < pictures.size(); first += batch) {
            List<RgbImage> part = pictures.subList(first, Math.min(first + batch, pictures.size()));
            out.addAll(write(Tensor.stack(List.of(SceneBatches.pixels(part)), batch))
                    .subList(0, part.size()));
        }
        return out;
    }

    private List<WrittenCaption> write(Tensor pixels) {
        List<Draft> drafts = new ArrayList<>();
        for (int row = 0; row < batch; row++) {
            drafts.add(new Draft());
        }
        try (ProgramSession seen = look.openSession()) {
            seen.run(Map.of(ImageWriter.PIXELS, pixels));
            try (ProgramSession writing = step.openSession(seen)) {
                for (int t = 0;
                        t < model.decoder().positions() && !drafts.stream().allMatch(d -> d.ended);
                        t++) {
                    Map<String, Tensor> out = writing.run(inputs(drafts, t));
                    float[] logits = out.get(ImageWriter.LOGITS).toFloats();
                    float[] attention = mean(out.get(ImageWriter.ATTENTION)); // [rows, L]
                    for (int row = 0; row < batch; row++) {
                        drafts.get(row).add(row, logits, attention);
                    }
                }
            }
        }
        return drafts.stream().map(Draft::finished).toList();
    }

    private Map<String, Tensor> inputs(List<Draft> drafts, int t) {
        return Map.of(
                ImageWriter.IDS, Tensor.of(drafts.stream().mapToInt(d -> d.last).toArray(), batch, 1),
                ImageWriter.POSITIONS, Tensor.of(new int[] {t}, 1),
                ImageWriter.SLOTS, Tensor.of(new int[] {t}, 1));
    }

    /** {@code [rows, layers, heads, L]} to {@code [rows, L]}. */
    private static float[] mean(Tensor attention) {
        float[] all = attention.toFloats();
        int rows = attention.shape().dim(0);
        int places = attention.shape().dim(3);
        int maps = all.length / rows / places;
        float[] out = new float[rows * places];
        for (int i = 0; i < all.length; i++) {
            out[i / (maps * places) * places + i % places] += all[i] / maps;
        }
        return out;
    }

    /** A caption in the making. */
    private final class Draft {
        private final List<Integer> words = new ArrayList<>();
        private final List<float[]> attention = new ArrayList<>();
        private int last = WordVocabulary.START;
        private boolean ended;

        void add(int row, float[] logits, float[] looks) {
            if (ended) {
                return;
            }
            last = Likeliest.of(logits, row * vocabulary.size(), vocabulary.size());
            ended = last == WordVocabulary.END;
            if (!ended) {
                int places = looks.length / batch;
                words.add(last);
                attention.add(Arrays.copyOfRange(looks, row * places, (row + 1) * places));
            }
        }

        WrittenCaption finished() {
            String text =
                    vocabulary.decode(words.stream().mapToInt(Integer::intValue).toArray());
            return new WrittenCaption(words, text, attention);
        }
    }

    @Override
    public void close() {
        try {
            look.close();
        } finally {
            step.close();
        }
    }
}
