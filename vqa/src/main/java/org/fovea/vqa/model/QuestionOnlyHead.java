package org.fovea.vqa.model;

import java.util.List;
import java.util.Map;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/** {@link AnswerHead#QUESTION_ONLY}. */
record QuestionOnlyHead() implements ReadingHead {
    @Override
    public Result build(Scope top, AskedRows asked) {
        return Result.of(asked.readInOrder(top));
    }

    @Override
    public List<String> inputs() {
        return List.of(AnswererModel.QUESTION, AnswererModel.QUESTION_MASK);
    }

    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        return Gaze.nowhere(grid);
    }
}
