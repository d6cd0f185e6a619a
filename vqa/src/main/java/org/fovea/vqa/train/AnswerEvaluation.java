package org.fovea.vqa.train;

import java.util.List;
import org.fovea.core.metric.Metrics;

/** A score of an answerer under training. */
public interface AnswerEvaluation {
    /** Answers questions. */
    interface Answers {
        /**
         * Answers the questions of a batch.
         *
         * @param batch of at most as many images as the training has at once, with as many questions of each
         * @return numbers of the answers, row by row
         */
        List<Integer> of(AnswerBatch batch);
    }

    /** Scores the answers to some questions. */
    Metrics score(Answers answers);
}
