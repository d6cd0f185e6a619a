package org.fovea.vqa.model;

import java.util.Map;
import org.fovea.core.attention.VectorMemory;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * {@link AnswerHead#MEMORY}.
 *
 * @param hops number of hops over the memory
 */
record MemoryHead(int hops) implements ReadingHead {
    @Override
    public Result build(Scope top, AskedRows asked) {
        AttentionOutput read = new VectorMemory(asked.width(), hops)
                .build(top.child(AskedRows.ATTENTION).enter(), asked.places(), asked.readInOrder(top));
        return new Result(read.values(), scores -> maps().outputs(read), () -> maps().attention(read));
    }

    private HopMaps maps() {
        return new HopMaps("hops.", hops);
    }

    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        return maps().gaze(outputs, grid);
    }
}
