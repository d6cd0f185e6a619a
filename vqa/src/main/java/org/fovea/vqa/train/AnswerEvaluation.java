package org.fovea.vqa.train;

import java.util.List;
import org.fovea.core.metric.Metrics;

/** A score of an answerer under training. */
public interface AnswerEvaluation {
    /** Answers questions. */
    interface Answers {
        /**
         * Answers batches of the size that the training has.
         *
         * @return numbers of the answers, row by row, batch by batch
         */
        List<Integer> of(List<AnswerBatch> batches);
    }

    /** Scores the answers to some questions. */
    Metrics score(Answers answers);
}
