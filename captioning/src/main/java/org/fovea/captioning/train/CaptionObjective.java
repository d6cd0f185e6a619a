package org.fovea.captioning.train;

import org.fovea.core.Check;

/**
 * The objective of a captioner, beside the likelihood of the words.
 *
 * @param doublyStochastic weight of the penalty for places that no word looks at; 0 for none
 * @param ownWords largest probability with which a word in training is the decoder's own instead of the given one; 0 for none
 * @param ownWordsSteps updates over which that probability grows from 0
 * @param gaze weight of the policy gradient of hard attention
 * @param gazeEntropy weight of the entropy that keeps its choices open
 * @param focus weight of the mean entropy of soft attention, in nats: each word then looks at few places; 0 for none
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, sections 4.1 and 4.2.1</a>
 * @see <a href="https://arxiv.org/abs/1506.03099">Bengio et al. 2015, for own words: scheduled sampling</a>
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

    /** The likelihood alone, and for hard attention what it needs. */
    public static CaptionObjective likelihood() {
        return new CaptionObjective(0, 0, 1, 1, 0.002, 0);
    }

    /** This with a penalty for places that no word looks at. */
    public CaptionObjective withDoublyStochastic(double weight) {
        return new CaptionObjective(weight, ownWords, ownWordsSteps, gaze, gazeEntropy, focus);
    }

    /** This with scheduled sampling. */
    public CaptionObjective withOwnWords(double probability, long steps) {
        return new CaptionObjective(doublyStochastic, probability, steps, gaze, gazeEntropy, focus);
    }

    /**
     * This with other weights of hard attention.
     *
     * @param weight of the policy gradient, in which a caption's choices are summed, while the likelihood is a mean over words
     * @param entropy of the choices
     */
    public CaptionObjective withGaze(double weight, double entropy) {
        return new CaptionObjective(doublyStochastic, ownWords, ownWordsSteps, weight, entropy, focus);
    }

    /** This with a penalty for soft attention that is spread out. */
    public CaptionObjective withFocus(double weight) {
        return new CaptionObjective(doublyStochastic, ownWords, ownWordsSteps, gaze, gazeEntropy, weight);
    }

    /** Probability of own words at an update. */
    double ownWords(long step) {
        return ownWords * Math.min(1, (double) step / ownWordsSteps);
    }
}
