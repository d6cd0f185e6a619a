package org.fovea.captioning.metric;

import java.util.List;

/**
 * ROUGE-L: F-measure of the longest common subsequence, with recall weighted by β = 1.2.
 *
 * <p>As the COCO reference has it, the largest precision and the largest recall over the references are taken each for
 * itself.
 *
 * @see <a href="https://aclanthology.org/W04-1013">Lin 2004, equations 2 to 4</a>
 */
public final class RougeL {
    private static final double BETA_SQUARED = 1.2 * 1.2;

    private RougeL() {}

    /**
     * Scores one caption.
     *
     * @param references reference captions, at least one
     * @return from 0 to 1
     */
    public static double of(List<String> hypothesis, List<List<String>> references) {
        double precision = 0;
        double recall = 0;
        for (List<String> reference : references) {
            double common = commonLength(hypothesis, reference);
            precision = Math.max(precision, common / Math.max(1, hypothesis.size()));
            recall = Math.max(recall, common / Math.max(1, reference.size()));
        }
        return precision == 0 || recall == 0
                ? 0
                : (1 + BETA_SQUARED) * precision * recall / (recall + BETA_SQUARED * precision);
    }

    static double of(TokenizedCaption caption) {
        return of(caption.hypothesis(), caption.references());
    }

    private static int commonLength(List<String> a, List<String> b) {
        int[] row = new int[b.size() + 1];
        for (String token : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.size(); j++) {
                int above = row[j];
                row[j] = token.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[b.size()];
    }
}
