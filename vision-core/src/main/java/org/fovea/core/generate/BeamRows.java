package org.fovea.core.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fovea.core.generate.BeamSearch.EarlyStopping;

/**
 * Beam search of one image, with candidates that are the best or drawn.
 *
 * <p>Of each round's candidates, enough that some go on whatever ends, the best that do not end go on, and those among the
 * first {@code beams} that end compete for the texts that are returned.
 */
final class BeamRows implements ImageSearch {
    private static final double WORST = -1e9; // substitute for -∞ in the reference

    /** A text with its score: Σ log p while it runs, over length^penalty once it is finished. */
    private record Beam(Hypothesis text, int origin, double score) {}

    private final GenerationOptions options;
    private final BeamSearch search;
    private final TokenRule rules;
    private final int prompt;
    private final int maxLength;
    private final int kept;
    private final SplittableRandom random;
    private List<Beam> running = new ArrayList<>();
    private List<Beam> finished = List.of();
    private boolean improvable = true;
    private boolean over;

    BeamRows(GenerationOptions options, int[] prompt) {
        this.options = options;
        this.search = options.search();
        this.rules = new RuleChain(options, prompt.length);
        this.prompt = prompt.length;
        this.maxLength = options.lengths().maxLength(prompt.length);
        this.kept = Math.max(2, 1 + options.tokens().end().size()) * search.beams();
        this.random = new SplittableRandom(options.sampling().seed());
        Hypothesis start = Hypothesis.prompt(prompt);
        for (int i = 0; i < search.beams(); i++) {
            running.add(new Beam(start, i, i == 0 ? 0 : WORST));
        }
    }

    @Override
    public void advance(List<Candidates> rows) {
        if (over) {
            return;
        }
        List<Beam> candidates = candidates(rows);
        int length = running.get(0).text().length() + 1;
        List<Beam> going = new ArrayList<>();
        List<Beam> ending = new ArrayList<>(finished);
        for (int i = 0; i < candidates.size(); i++) {
            Beam beam = candidates.get(i);
            boolean ends = length >= maxLength
                    || options.tokens().end().contains(beam.text().last());
            if (!ends) {
                going.add(beam);
            } else if (i < search.beams() && mayFinish()) {
                double divisor = Math.pow(length - prompt, search.lengthPenalty());
                ending.add(new Beam(beam.text(), 0, beam.score() / divisor));
            }
        }
        running = best(going);
        finished = best(ending);
        improvable = improvable && canImprove(length);
        boolean full = finished.size() == search.beams() && search.earlyStopping() == EarlyStopping.ALWAYS;
        over = !improvable || full || running.isEmpty();
        while (!over && running.size() < search.beams()) { // the vocabulary is too small for so many beams
            running.add(new Beam(running.get(0).text(), running.get(0).origin(), WORST));
        }
    }

    /** Returns whether a text that ends now can still be among the results. */
    private boolean mayFinish() {
        boolean full = finished.size() == search.beams() && search.earlyStopping() == EarlyStopping.ALWAYS;
        return improvable && !full;
    }

    private List<Beam> best(List<Beam> beams) {
        return new ArrayList<>(beams.stream()
                .sorted(Comparator.comparingDouble(Beam::score).reversed())
                .limit(search.beams())
                .toList());
    }

    private boolean canImprove(int length) {
        if (running.isEmpty() || finished.size() < search.beams()) {
            return true;
        }
        boolean longest = search.earlyStopping() == EarlyStopping.NEVER && search.lengthPenalty() > 0;
        int hypothetical = (longest ? maxLength : length) - prompt;
        double possible = running.get(0).score() / Math.pow(hypothetical, search.lengthPenalty());
        return possible > finished.get(finished.size() - 1).score();
    }

    /** Best continuations of all beams, or sampled ones in the order of sampling. */
    private List<Beam> candidates(List<Candidates> rows) {
        int vocabulary = rows.get(0).vocabulary();
        float[] all = new float[rows.size() * vocabulary];
        for (int i = 0; i < rows.size(); i++) {
            float[] scores = rows.get(i).logProbabilities();
            rules.apply(running.get(i).text().text(), scores);
            for (int j = 0; j < vocabulary; j++) {
                all[i * vocabulary + j] = scores[j] + (float) running.get(i).score();
            }
        }
        List<Beam> out = new ArrayList<>();
        for (int index : Scores.largest(options.sampling().enabled() ? perturbed(all) : all, kept)) {
            int row = index / vocabulary;
            Hypothesis text = running.get(row).text().then(index % vocabulary, rows.get(row));
            out.add(new Beam(text, row, all[index]));
        }
        return out;
    }

    /**
     * Perturbed scores, whose k largest are a sample of k without replacement.
     *
     * @see <a href="https://arxiv.org/abs/1903.06059">Kool et al. 2019, section 2.3</a>
     */
    private float[] perturbed(float[] scores) {
        float[] out = new float[scores.length];
        for (int i = 0; i < out.length; i++) {
            double gumbel = -Math.log(-Math.log(random.nextDouble(Double.MIN_NORMAL, 1)));
            out[i] = (float) (scores[i] + gumbel);
        }
        return out;
    }

    @Override
    public int[] origins() {
        return over
                ? IntStream.range(0, search.beams()).toArray()
                : running.stream().mapToInt(Beam::origin).toArray();
    }

    @Override
    public int[] tokens() {
        int[] tokens = new int[search.beams()];
        Arrays.fill(tokens, options.filling());
        for (int i = 0; i < tokens.length && !over; i++) {
            tokens[i] = running.get(i).text().last();
        }
        return tokens;
    }

    @Override
    public boolean isFinished() {
        return over;
    }

    @Override
    public List<TextGeneration> results() {
        return finished.stream()
                .limit(options.sequences())
                .map(beam -> beam.text().finished(Optional.of(beam.score())))
                .toList();
    }
}
