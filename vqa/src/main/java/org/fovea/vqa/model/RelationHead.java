package org.fovea.vqa.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.fovea.core.attention.RelationNetwork;
import org.fovea.core.attention.RelationNetwork.Relations;
import org.fovea.core.graph.Gradients;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;

/**
 * {@link AnswerHead#RELATION}. The objects are blocks of neighboring places, so that there are not too many pairs; the layers
 * that score answers are f of the paper. Departure from it: the mean over the pairs in the place of their sum, so that training
 * begins alike whatever their number.
 *
 * @param layers number of layers of the network g
 */
record RelationHead(int layers) implements ReadingHead {
    private static final String EFFECTS = "effects";

    @Override
    public Result build(Scope top, AskedRows asked) {
        Scope scope = top.child(AskedRows.ATTENTION);
        Value places = asked.places(); // [rows, M, E]
        Value objects = new PlaceBlocks(asked.grid().get()).build(places); // [rows, N, E]
        Value question = asked.readInOrder(top);
        Relations related = new RelationNetwork(Collections.nCopies(layers, asked.width()), List.of())
                .relate(scope.enter(), objects, question.reshape(asked.rows(), 1, asked.width()));
        int count = related.pairs().shape().dim(1);
        Value mean = related.sum().affine(1.0 / count, 0).reshape(asked.rows(), asked.width());
        return Result.of(mean, scores -> Map.of(EFFECTS, effects(related.pairs(), mean, scores)));
    }

    /**
     * First-order effect of each pair on the best score: its part of the mean times the derivative with respect to the mean.
     */
    private static Value effects(Value pairs, Value mean, Value scores) {
        int rows = mean.shape().dim(0);
        Value best = scores.max(false, 1).sum(false, 0);
        Value slope = Gradients.of(scores.graph(), best, List.of(mean)).get(mean); // [rows, width]
        Value each =
                pairs.multiply(slope.reshape(rows, 1, slope.shape().dim(1))).sum(false, 2); // [rows, N·N]
        return each.affine(1.0 / pairs.shape().dim(1), 0);
    }

    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        return new PairMaps(new PlaceBlocks(grid).blocks())
                .gaze(outputs.get(EFFECTS).toFloats());
    }
}
