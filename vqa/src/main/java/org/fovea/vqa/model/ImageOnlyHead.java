package org.fovea.vqa.model;

import java.util.List;
import java.util.Map;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/** {@link AnswerHead#IMAGE_ONLY}. */
record ImageOnlyHead() implements ReadingHead {
    @Override
    public Result build(Scope top, AskedRows asked) {
        return Result.of(asked.places().mean(false, 1)); // [rows, E]
    }

    @Override
    public List<String> inputs() {
        return List.of(AnswererModel.IMAGE);
    }

    @Override
    public Map<String, Tensor> firstValues(int vocabulary, int width, long seed) {
        return Map.of();
    }

    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        return Gaze.nowhere(grid);
    }
}
