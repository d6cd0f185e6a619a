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
         * @param batch batch of at most as many images as a training batch, with as many questions of each
         * @return indices of the answers, row by row
         */
        List<Integer> of(AnswerBatch batch);
    }

    /** Scores the answers of a model. */
    Metrics score(Answers answers);
}
