package org.fovea.core.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class RelationNetworkTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "3 objects, two layers each",
                        g -> g.output(new RelationNetwork(List.of(6, 5), List.of(4, 3))
                                .build(g.scope(), g.normal(2, 3, 4), g.normal(2, 2)))),
                new BlockCase(
                        "two questions, f left out",
                        g -> g.output(new RelationNetwork(List.of(6, 5), List.of())
                                .build(g.scope(), g.normal(2, 3, 4), g.normal(2, 2, 3)))),
                new BlockCase(
                        "one object, one layer each",
                        g -> g.output(new RelationNetwork(List.of(6), List.of(3))
                                .build(g.scope(), g.normal(2, 1, 4), g.normal(2, 2)))));
    }

    @Test
    void pairsByHand() {
        // relu(o_i - o_j + q) over o = (1, 3), q = 0.5: 0.5 + 0 + 2.5 + 0.5 = 3.5; times 2 plus 1
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "first.weight", new double[] {1},
                        "second.weight", new double[] {-1},
                        "question.weight", new double[] {1},
                        "question.bias", new double[] {0},
                        "answer.0.weight", new double[] {2},
                        "answer.0.bias", new double[] {1}),
                g -> g.output(new RelationNetwork(List.of(1), List.of(1))
                        .build(g.scope(), g.given(new double[] {1, 3}, 1, 2, 1), g.given(new double[] {0.5}, 1, 1))));
        Tensors.assertClose(new double[] {8}, out.get(0), 1e-12);
    }

    @Test
    void singlePairsByHand() {
        // relu(o_i - o_j + q) over o = (1, 3), q = 0.5, for each pair
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "first.weight", new double[] {1},
                        "second.weight", new double[] {-1},
                        "question.weight", new double[] {1},
                        "question.bias", new double[] {0}),
                g -> {
                    RelationNetwork.Relations related = new RelationNetwork(List.of(1), List.of())
                            .relate(
                                    g.scope(),
                                    g.given(new double[] {1, 3}, 1, 2, 1),
                                    g.given(new double[] {0.5}, 1, 1, 1));
                    g.output(related.pairs());
                    g.output(related.sum());
                });
        Tensors.assertClose(new double[] {0.5, 0, 2.5, 0.5}, out.get(0), 1e-12);
        Tensors.assertClose(new double[] {3.5}, out.get(1), 1e-12);
    }

    @Test
    void isTheSumOverPairsPutTogether() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value objects = g.normal(1, 3, 4);
            Value question = g.normal(1, 2);
            g.output(new RelationNetwork(List.of(6, 5), List.of(3)).build(g.scope(), objects, question));
            Value first = g.scope().parameter("first.weight", 6, 4);
            Value whole = first.concat(
                    1, g.scope().parameter("second.weight", 6, 4), g.scope().parameter("question.weight", 6, 2));
            Value sum = g.graph().fill(0, 1, 5);
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    Value pair = objects.slice(1, i, i + 1)
                            .reshape(1, 4)
                            .concat(1, objects.slice(1, j, j + 1).reshape(1, 4), question);
                    Value hidden = pair.linear(whole, g.scope().parameter("question.bias", 6))
                            .relu();
                    sum = sum.add(new LinearLayer(5, true)
                            .build(g.scope().child("relation.1"), hidden)
                            .relu());
                }
            }
            g.output(new LinearLayer(3, true).build(g.scope().child("answer.0"), sum));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void severalQuestionsAreAnsweredAsEachAlone() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            RelationNetwork block = new RelationNetwork(List.of(6, 5), List.of(4, 3));
            Value objects = g.normal(2, 3, 4);
            Value questions = g.normal(2, 2, 3);
            g.output(block.build(g.scope(), objects, questions));
            Value first =
                    block.build(g.scope(), objects, questions.slice(1, 0, 1).reshape(2, 3));
            Value second =
                    block.build(g.scope(), objects, questions.slice(1, 1, 2).reshape(2, 3));
            g.output(first.reshape(2, 1, 3).concat(1, second.reshape(2, 1, 3)));
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    /** Relations of 70 objects, 67 of them the same as the first, are chosen another way and weigh the pairs by their number. */
    @Test
    void manyObjectsArePairedAsFewAre() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            RelationNetwork block = new RelationNetwork(List.of(6, 5), List.of());
            Value three = g.normal(1, 3, 4);
            Value question = g.normal(1, 2);
            Value[] again = new Value[67];
            Arrays.fill(again, three.slice(1, 0, 1));
            g.output(block.build(g.scope(), three.concat(1, again), question));
            Value sum = g.graph().fill(0, 1, 5);
            double[] times = {68, 1, 1};
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    Value pair = block.build(
                            g.scope(), three.slice(1, i, i + 1).concat(1, three.slice(1, j, j + 1)), question);
                    Value same = block.build(g.scope(), three.slice(1, i, i + 1), question);
                    Value other = block.build(g.scope(), three.slice(1, j, j + 1), question);
                    Value both = pair.subtract(same).subtract(other).affine(0.5 * times[i] * times[j], 0);
                    Value alone = same.affine(times[i] * times[j], 0);
                    sum = sum.add(i == j ? alone : both);
                }
            }
            g.output(sum);
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-10);
    }

    @Test
    void orderOfObjectsDoesNotMatter() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            RelationNetwork block = new RelationNetwork(List.of(6, 5), List.of(3));
            Value objects = g.normal(1, 3, 4);
            Value question = g.normal(1, 2);
            g.output(block.build(g.scope(), objects, question));
            g.output(block.build(g.scope(), objects.slice(1, 2, 3).concat(1, objects.slice(1, 0, 2)), question));
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        BlockCheck.assertError(
                "the question [B, Q] or [B, M, Q] of the same batch, got [2, 3, 4] and [1, 2]",
                g -> new RelationNetwork(List.of(6), List.of(3)).build(g.scope(), g.normal(2, 3, 4), g.normal(1, 2)));
        BlockCheck.assertError(
                "layers of relation must be at least 1, got 0", g -> new RelationNetwork(List.of(), List.of(3)));
    }
}
