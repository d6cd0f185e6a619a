package org.fovea.captioning.train;

import org.fovea.core.Check;

/**
 * The objective of a captioner, beside the likelihood of the words.
 *
 * @param doublyStochastic weight of the penalty for image positions that no word attends to; 0 for none
 * @param ownWords largest probability with which the decoder reads its own word in training instead of the given one; 0 for
 *     none
 * @param ownWordsSteps training steps over which that probability grows from 0
 * @param gaze weight of the policy gradient of hard attention
 * @param gazeEntropy weight of the entropy bonus that keeps hard attention exploring
 * @param focus weight of the mean entropy of soft attention, in nats, so that each word attends to few positions; 0 for none
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, sections 4.1 and 4.2.1</a>
 * @see <a href="https://arxiv.org/abs/1506.03099">Bengio et al. 2015, scheduled sampling: the decoder's own words</a>
 */
public record CaptionObjective(
        double doublyStochastic, double ownWords, long ownWordsSteps, double gaze, double gazeEntropy, double focus) {
    /** Checks the ranges. */
    public CaptionObjective {
        Check.notNegative("CaptionObjective: doubly stochastic penalty", doublyStochastic);
        Check.probability("CaptionObjective: probability of own words", ownWords);
        Check.positive("CaptionObjective: steps until own words", ownWordsSteps);
        Check.notNegative("CaptionObjective: weight of the gaze", gaze);
        Check.notNegative("CaptionObjective: weight of the gaze's entropy", gazeEntropy);
        Check.notNegative("CaptionObjective: focus", focus);
    }

    /** Objective of the likelihood alone, with the usual policy gradient for hard attention. */
    public static CaptionObjective likelihood() {
        return new CaptionObjective(0, 0, 1, 1, 0.002, 0);
    }

    /** Copy with a penalty for image positions that no word attends to. */
    public CaptionObjective withDoublyStochastic(double weight) {
        return new CaptionObjective(weight, ownWords, ownWordsSteps, gaze, gazeEntropy, focus);
    }

    /** Copy with scheduled sampling. */
    public CaptionObjective withOwnWords(double probability, long steps) {
        return new CaptionObjective(doublyStochastic, probability, steps, gaze, gazeEntropy, focus);
    }

    /**
     * Copy with other weights for hard attention.
     *
     * @param weight weight of the policy gradient, which sums over a caption's choices while the likelihood is a mean over
     *     words
     * @param entropy weight of the entropy bonus
     */
    public CaptionObjective withGaze(double weight, double entropy) {
        return new CaptionObjective(doublyStochastic, ownWords, ownWordsSteps, weight, entropy, focus);
    }

    /** Copy with a penalty for diffuse soft attention. */
    public CaptionObjective withFocus(double weight) {
        return new CaptionObjective(doublyStochastic, ownWords, ownWordsSteps, gaze, gazeEntropy, weight);
    }

    /** Probability that the decoder reads its own word at a training step. */
    double ownWords(long step) {
        return ownWords * Math.min(1, (double) step / ownWordsSteps);
    }
}
