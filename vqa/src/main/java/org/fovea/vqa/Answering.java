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
     * Checks what is wished for.
     *
     * @throws IllegalArgumentException when the model has no such answers
     */
    void check(AnswerRequest request);

    /** The answers to questions, in their order. */
    List<Answers> answer(List<Query> queries, AnswerRequest request);

    Explained explain(Query query, AnswerRequest request);

    /** Everything the model computes of a question, under the reference's names. */
    Map<String, Tensor> dump(Query query, AnswerRequest request);

    @Override
    void close();
}
