package org.fovea.captioning.metric;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;

/**
 * Scores of a set of captions.
 *
 * @param bleu BLEU-1 to BLEU-4 of the whole set, each from 0 to 1
 * @param rougeL mean ROUGE-L over the images, from 0 to 1
 * @param cider mean CIDEr-D over the images, from 0 to 10
 */
public record CaptionScores(List<Double> bleu, double rougeL, double cider) {
    /** Names of the metrics of a run. */
    public static final List<String> NAMES = List.of("cider", "bleu4", "rouge_l", "bleu1", "bleu2", "bleu3");

    /** Copies the list. */
    public CaptionScores {
        bleu = List.copyOf(bleu);
    }

    /**
     * Scores raw text, tokenized by {@link PtbTokenizer} without punctuation.
     *
     * @throws IllegalArgumentException when the list is empty
     */
    public static CaptionScores of(List<ScoredCaption> captions) {
        PtbTokenizer tokenizer = new PtbTokenizer();
        return ofTokens(captions.stream()
                .map(caption -> TokenizedCaption.of(caption, tokenizer::words))
                .toList());
    }

    /**
     * Scores text whose tokens are separated by spaces, as it is.
     *
     * @throws IllegalArgumentException when the list is empty
     */
    public static CaptionScores ofTokenized(List<ScoredCaption> captions) {
        return ofTokens(captions.stream()
                .map(caption -> TokenizedCaption.of(caption, CaptionScores::parts))
                .toList());
    }

    private static List<String> parts(String text) {
        return Arrays.stream(text.split(" ")).filter(token -> !token.isEmpty()).toList();
    }

    /**
     * Scores as metrics named {@link #NAMES}.
     *
     * @param judge name of the metric that selects the best epoch
     */
    public Metrics metrics(String judge) {
        return new Metrics(
                List.of(
                        Metric.higher("cider", cider),
                        Metric.higher("bleu4", bleu.get(3)),
                        Metric.higher("rouge_l", rougeL),
                        Metric.higher("bleu1", bleu.get(0)),
                        Metric.higher("bleu2", bleu.get(1)),
                        Metric.higher("bleu3", bleu.get(2))),
                judge);
    }

    private static CaptionScores ofTokens(List<TokenizedCaption> captions) {
        if (captions.isEmpty()) {
            throw new IllegalArgumentException("CaptionScores: there must be at least 1 caption, got 0");
        }
        Cider cider = Cider.ofReferences(
                captions.stream().map(TokenizedCaption::references).toList());
        return new CaptionScores(
                Bleu.ofSet(captions),
                captions.stream().mapToDouble(RougeL::of).average().orElseThrow(),
                captions.stream()
                        .mapToDouble(caption -> cider.score(caption.hypothesis(), caption.references()))
                        .average()
                        .orElseThrow());
    }
}
