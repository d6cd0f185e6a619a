package org.fovea.vqa;

import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.Tensor;
import org.fovea.vqa.model.Gaze;

/** A kind of model that runs: thread-safe, and holding native memory until it is closed. */
interface Answering extends AutoCloseable {
    /** An answered question with where the model looked. */
    record Explained(Answers answers, Gaze gaze) {}

    /**
     * Checks a request.
     *
     * @throws IllegalArgumentException when the model does not have the requested answers
     */
    void check(AnswerRequest request);

    /** Answers of each question, in the questions' order. */
    List<Answers> answer(List<Query> queries, AnswerRequest request);

    Explained explain(Query query, AnswerRequest request);

    /** All intermediate results for a question, under the reference's names. */
    Map<String, Tensor> dump(Query query, AnswerRequest request);

    @Override
    void close();
}
