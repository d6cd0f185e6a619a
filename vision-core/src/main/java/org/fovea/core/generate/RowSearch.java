package org.fovea.core.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Each row by itself: the likeliest token or one that is drawn. */
final class RowSearch implements ImageSearch {
    /** Receives the tokens of an image. */
    interface Listener {
        void token(int text, int token, double logProbability);
    }

    private final GenerationOptions options;
    private final TokenRule rules;
    private final int maxLength;
    private final Listener listener;
    private final List<SplittableRandom> random = new ArrayList<>();
    private final Hypothesis[] texts;
    private final boolean[] finished;

    RowSearch(GenerationOptions options, int[] prompt, Listener listener) {
        this.options = options;
        this.rules = new RuleChain(options, prompt.length);
        this.maxLength = options.lengths().maxLength(prompt.length);
        this.listener = listener;
        this.texts = new Hypothesis[options.sequences()];
        this.finished = new boolean[options.sequences()];
        Arrays.fill(texts, Hypothesis.prompt(prompt));
        SplittableRandom seeds = new SplittableRandom(options.sampling().seed());
        for (int i = 0; i < texts.length; i++) {
            random.add(seeds.split());
        }
    }

    @Override
    public void advance(List<Candidates> rows) {
        for (int i = 0; i < texts.length; i++) {
            if (finished[i]) {
                continue;
            }
            float[] scores = rows.get(i).logits();
            rules.apply(texts[i].text(), scores);
            int token = options.sampling().enabled() ? draw(scores, random.get(i)) : Scores.argMax(scores);
            texts[i] = texts[i].then(token, rows.get(i));
            finished[i] = options.tokens().end().contains(token) || texts[i].length() >= maxLength;
            listener.token(i, token, texts[i].logProbability());
        }
    }

    private static int draw(float[] scores, SplittableRandom random) {
        double total = Scores.logSumExp(scores);
        double left = random.nextDouble();
        int last = Scores.argMax(scores);
        for (int i = 0; i < scores.length; i++) {
            double p = Math.exp(scores[i] - total);
            if (p > 0) {
                last = i;
                left -= p;
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    @Override
    public int[] origins() {
        return IntStream.range(0, texts.length).toArray();
    }

    @Override
    public int[] tokens() {
        int pad = options.filling();
        return IntStream.range(0, texts.length)
                .map(i -> finished[i] ? pad : texts[i].last())
                .toArray();
    }

    @Override
    public boolean isFinished() {
        return IntStream.range(0, finished.length).allMatch(i -> finished[i]);
    }

    @Override
    public List<TextGeneration> results() {
        return Arrays.stream(texts).map(t -> t.finished(Optional.empty())).toList();
    }
}
