package org.fovea.core.train;

import org.fovea.core.metric.ClassificationScores;

/** By which number of the validation an epoch counts as best. */
public enum BestMetric {
    /** Share of images whose likeliest class is right; higher is better. */
    TOP1,
    /** Share of images whose class is among the five likeliest; higher is better. */
    TOP5,
    /** Mean over the classes of the share found of each; higher is better. */
    MEAN_RECALL,
    /** Mean cross-entropy; lower is better. */
    LOSS;

    /** The number, negated where lower is better. */
    double of(ClassificationScores scores) {
        return switch (this) {
            case TOP1 -> scores.topAccuracy(1);
            case TOP5 -> scores.topAccuracy(5);
            case MEAN_RECALL -> scores.confusion().meanRecall();
            case LOSS -> -scores.meanLoss();
        };
    }
}
