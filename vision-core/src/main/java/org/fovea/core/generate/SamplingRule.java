package org.fovea.core.generate;

/** Rules that narrow what is drawn from; each keeps at least {@code kept} tokens. */
final class SamplingRule {
    private SamplingRule() {}

    static TokenRule temperature(double temperature) {
        return (text, scores) -> {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) (scores[i] / temperature);
            }
        };
    }

    /** Keeps the k most likely tokens, and those as likely as the last of them. */
    static TokenRule topK(int k, int kept) {
        return (text, scores) -> {
            int[] best = Scores.largest(scores, Math.max(k, kept));
            float least = scores[best[best.length - 1]];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = scores[i] < least ? TokenRule.FORBIDDEN : scores[i];
            }
        };
    }

    /**
     * Keeps the fewest most likely tokens that together have the probability p.
     *
     * @see <a href="https://arxiv.org/abs/1904.09751">Holtzman et al. 2020, section 3.1</a>
     */
    static TokenRule topP(double p, int kept) {
        return (text, scores) -> {
            int[] order = Scores.descending(scores);
            double total = Scores.logSumExp(scores);
            double below = 0; // total probability of the tokens that are no more likely
            for (int rank = order.length - 1; rank >= kept; rank--) {
                int token = order[rank];
                below += Math.exp(scores[token] - total);
                if (below <= 1 - p) {
                    scores[token] = TokenRule.FORBIDDEN;
                }
            }
        };
    }

    /**
     * Keeps the tokens with at least p times the probability of the most likely one.
     *
     * @see <a href="https://arxiv.org/abs/2407.01082">Nguyen et al. 2024</a>
     */
    static TokenRule minP(double p, int kept) {
        return (text, scores) -> {
            int[] order = Scores.descending(scores);
            double total = Scores.logSumExp(scores);
            double least = p * Math.exp(scores[order[0]] - total);
            for (int rank = kept; rank < order.length; rank++) {
                if (Math.exp(scores[order[rank]] - total) < least) {
                    scores[order[rank]] = TokenRule.FORBIDDEN;
                }
            }
        };
    }

    /**
     * Keeps the fewest tokens that together have the probability p, in order of the distance of their information from the
     * entropy.
     *
     * @see <a href="https://arxiv.org/abs/2202.00666">Meister et al. 2022, equation 11</a>
     */
    static TokenRule typical(double p, int kept) {
        return (text, scores) -> {
            double total = Scores.logSumExp(scores);
            double entropy = 0;
            for (float score : scores) {
                double log = score - total;
                entropy -= log == Double.NEGATIVE_INFINITY ? 0 : log * Math.exp(log);
            }
            float[] distance = new float[scores.length];
            for (int i = 0; i < scores.length; i++) {
                distance[i] = (float) -Math.abs(total - scores[i] - entropy);
            }
            int[] order = Scores.descending(distance); // nearest first
            int last = 0; // rank of the token at which p is reached
            double sum = 0;
            for (int rank = 0; rank < order.length; rank++) {
                sum += Math.exp(scores[order[rank]] - total);
                last += sum < p ? 1 : 0;
            }
            float most = distance[order[Math.min(last, order.length - 1)]];
            for (int rank = kept; rank < order.length; rank++) {
                int token = order[rank];
                scores[token] = distance[token] < most ? TokenRule.FORBIDDEN : scores[token];
            }
        };
    }
}
