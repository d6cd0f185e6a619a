package org.fovea.core.attention;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.ElmanCell;
import org.fovea.core.nn.GruCell;
import org.fovea.core.nn.LstmCell;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.Recurrence;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class AttentionDecoderTest extends BlockContract {
    @Override
    protected List<BlockCase> cases() {
        return List.of(
                new BlockCase(
                        "GRU, additive, weights kept",
                        g -> output(g, new AttentionDecoder(new GruCell(3), new AdditiveAttention(5)))),
                new BlockCase(
                        "LSTM, caption attention, a place hidden",
                        g -> output(g, new AttentionDecoder(new LstmCell(3), new CaptionAttention(5)))),
                new BlockCase(
                        "LSTM, caption attention that asks with the word",
                        g -> output(g, new AttentionDecoder(new LstmCell(3), new CaptionAttention(5), true))));
    }

    private static void output(CaseGraph g, AttentionDecoder block) {
        CellState start = new CellState(g.normal(2, 3), g.normal(2, 3));
        Value mask = Masks.where(g.graph(), 1, 4, (query, key) -> key != 1 ? 1 : 0);
        AttentionDecoder.Result out = block.build(g.scope(), g.normal(2, 3, 6), g.normal(2, 4, 5), start, mask);
        g.output(out.states());
        g.output(out.contexts());
        g.output(out.last().memory());
        g.output(out.weights());
    }

    @Test
    void stepByHand() {
        // one place of 2 is read whole; h = tanh(0.5·word + 0.25·2 + 1·0.1)
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "attention.query.weight", new double[] {1},
                        "attention.keys.weight", new double[] {1},
                        "attention.keys.bias", new double[] {0},
                        "attention.score.weight", new double[] {1},
                        "cell.input.weight", new double[] {0.5, 0.25},
                        "cell.input.bias", new double[] {0},
                        "cell.state.weight", new double[] {1},
                        "cell.state.bias", new double[] {0}),
                g -> {
                    AttentionDecoder block =
                            new AttentionDecoder(new ElmanCell(1, ElmanCell.Function.TANH), new AdditiveAttention(1));
                    CellState start = CellState.of(g.given(new double[] {0.1}, 1, 1));
                    g.output(block.build(
                                    g.scope(),
                                    g.given(new double[] {3}, 1, 1, 1),
                                    g.given(new double[] {2}, 1, 1, 1),
                                    start)
                            .states());
                });
        Tensors.assertClose(new double[] {Math.tanh(1.5 + 0.5 + 0.1)}, out.get(0), 1e-12);
    }

    @Test
    void wordInTheQueryDecidesWhereToLook() {
        // the state weighs nothing in the query: scores are tanh(word - place), so places below the word are liked
        // better
        List<Tensor> out = BlockCheck.run(
                Map.of(
                        "attention.query.weight", new double[] {0, 1},
                        "attention.keys.weight", new double[] {-1},
                        "attention.keys.bias", new double[] {0},
                        "attention.score.weight", new double[] {1},
                        "cell.input.weight", new double[] {0.5, 0.25},
                        "cell.input.bias", new double[] {0},
                        "cell.state.weight", new double[] {1},
                        "cell.state.bias", new double[] {0}),
                g -> {
                    AttentionDecoder block = new AttentionDecoder(
                            new ElmanCell(1, ElmanCell.Function.TANH), new AdditiveAttention(1), true);
                    CellState start = CellState.of(g.given(new double[] {0.1}, 1, 1));
                    g.output(block.build(
                                    g.scope(),
                                    g.given(new double[] {3}, 1, 1, 1),
                                    g.given(new double[] {2, -1}, 1, 2, 1),
                                    start)
                            .weights());
                });
        double ratio = Math.exp(Math.tanh(4) - Math.tanh(1));
        Tensors.assertClose(new double[] {1 / (1 + ratio), ratio / (1 + ratio)}, out.get(0), 1e-12);
    }

    @Test
    void ofOnePlaceIsTheCellOverWordsAndThatPlace() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value words = g.normal(2, 3, 6);
            Value place = g.normal(2, 1, 5);
            GruCell cell = new GruCell(3);
            g.output(new AttentionDecoder(cell, new AdditiveAttention(4))
                    .build(g.scope(), words, place, cell.start(g.graph(), 2))
                    .states());
            Value both = words.concat(2, place.concat(1, place, place));
            g.output(new Recurrence(cell, Recurrence.Direction.FORWARD)
                    .build(g.scope().child("cell"), both)
                    .outputs());
        });
        Tensors.assertClose(out.get(1), out.get(0), 1e-12);
    }

    @Test
    void batchesThatDifferAreNamed() {
        BlockCheck.assertError("AttentionDecoder: queries must be [B, N, C]", g -> new AttentionDecoder(
                        new GruCell(3), new AdditiveAttention(4))
                .build(g.scope(), g.normal(2, 3, 6), g.normal(1, 4, 5), CellState.of(g.normal(2, 3))));
    }
}
