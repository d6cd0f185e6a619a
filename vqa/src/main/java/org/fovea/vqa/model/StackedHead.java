package org.fovea.vqa.model;

import java.util.Map;
import org.fovea.core.attention.StackedAttention;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * {@link AnswerHead#STACKED}.
 *
 * @param hops number of attention hops
 */
record StackedHead(int hops) implements ReadingHead {
    @Override
    public Result build(Scope top, AskedRows asked) {
        Scope scope = top.child(AskedRows.ATTENTION);
        Value regions = new LinearLayer(asked.width(), true)
                .build(scope.child("regions").enter(), asked.places())
                .tanh(); // [rows, M, width]
        AttentionOutput seen = new StackedAttention(asked.width(), hops).build(scope, regions, asked.readInOrder(top));
        return new Result(seen.values(), scores -> maps().outputs(seen), () -> maps().attention(seen));
    }

    private HopMaps maps() {
        return new HopMaps("layers.", hops);
    }

    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        return maps().gaze(outputs, grid);
    }
}
