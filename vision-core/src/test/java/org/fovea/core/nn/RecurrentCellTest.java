package org.fovea.core.nn;

import java.util.List;
import java.util.Map;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Recurrence.Direction;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockCheck;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.CaseGraph;
import org.fovea.core.testing.Tensors;
import org.junit.jupiter.api.Test;

class RecurrentCellTest extends BlockContract {
    private static final List<RecurrentCell> CELLS = List.of(
            new ElmanCell(3, ElmanCell.Function.TANH),
            new ElmanCell(3, ElmanCell.Function.RELU),
            new GruCell(3),
            new LstmCell(3));

    @Override
    protected List<BlockCase> cases() {
        return CELLS.stream()
                .flatMap(cell -> List.of(Direction.values()).stream()
                        .map(direction -> new BlockCase(cell + " " + direction, g -> {
                            Recurrence block = new Recurrence(cell, direction);
                            Value x = g.normal(2, 4, 5);
                            Value seen = g.fixed(new double[] {1, 1, 1, 1, 1, 1, 0, 0}, 2, 4);
                            output(
                                    g,
                                    direction == Direction.BOTH
                                            ? block.build(g.scope(), x)
                                            : block.build(g.scope(), x, seen));
                        })))
                .toList();
    }

    private static void output(CaseGraph g, Recurrence.Result result) {
        g.output(result.outputs());
        result.last().forEach(state -> g.output(state.memory()));
    }

    @Test
    void elmanStepByHand() {
        Map<String, double[]> weights = Map.of(
                "input.weight", new double[] {2},
                "input.bias", new double[] {0.5},
                "state.weight", new double[] {-1},
                "state.bias", new double[] {0.25});
        // 2·1 + 0.5 - 0.75 + 0.25 = 2; tanh
        Tensors.assertClose(
                new double[] {Math.tanh(2)},
                step(new ElmanCell(1, ElmanCell.Function.TANH), weights, 1, 0.75, 0),
                1e-12);
        Tensors.assertClose(
                new double[] {2}, step(new ElmanCell(1, ElmanCell.Function.RELU), weights, 1, 0.75, 0), 1e-12);
    }

    @Test
    void gruStepByHand() {
        Map<String, double[]> weights = Map.of(
                "input.weight", new double[] {1, 2, 3},
                "input.bias", new double[] {0, 0, 0.5},
                "state.weight", new double[] {-2, 1, 4},
                "state.bias", new double[] {0, 0, 1});
        double r = sigmoid(0.5 - 2 * 0.25);
        double z = sigmoid(2 * 0.5 + 0.25);
        double n = Math.tanh(3 * 0.5 + 0.5 + r * (4 * 0.25 + 1));
        Tensors.assertClose(new double[] {(1 - z) * n + z * 0.25}, step(new GruCell(1), weights, 0.5, 0.25, 0), 1e-12);
    }

    @Test
    void lstmStepByHand() {
        Map<String, double[]> weights = Map.of(
                "input.weight", new double[] {1, 2, 3, 4},
                "input.bias", new double[] {0, 1, 0, 0},
                "state.weight", new double[] {0, 0, 0, 2},
                "state.bias", new double[] {0, 0, 0.5, 0});
        double memory = sigmoid(2 * 0.5 + 1) * -0.75 + sigmoid(0.5) * Math.tanh(3 * 0.5 + 0.5);
        double output = sigmoid(4 * 0.5 + 2 * 0.25) * Math.tanh(memory);
        Tensors.assertClose(new double[] {output}, step(new LstmCell(1), weights, 0.5, 0.25, -0.75), 1e-12);
    }

    private static Tensor step(RecurrentCell cell, Map<String, double[]> weights, double x, double h, double c) {
        return BlockCheck.run(
                        weights,
                        g -> g.output(cell.step(
                                        g.scope(),
                                        g.given(new double[] {x}, 1, 1),
                                        new CellState(g.given(new double[] {h}, 1, 1), g.given(new double[] {c}, 1, 1)))
                                .output()))
                .get(0);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void unseenStepsDoNotMatter() {
        for (RecurrentCell cell : CELLS) {
            List<Tensor> out = BlockCheck.outputs(g -> {
                Value x = g.normal(1, 3, 5);
                Value padded = x.concat(1, g.normal(1, 2, 5));
                Value seen = g.fixed(new double[] {1, 1, 1, 0, 0}, 1, 5);
                for (Direction direction : Direction.values()) {
                    Recurrence block = new Recurrence(cell, direction);
                    Value whole = block.build(g.scope().child(direction.name()), padded, seen)
                            .outputs();
                    g.output(block.build(g.scope().child(direction.name()), x).outputs());
                    g.output(whole.slice(1, 0, 3));
                }
            });
            for (int i = 0; i < out.size(); i += 2) {
                Tensors.assertClose(cell.toString(), out.get(i), out.get(i + 1), 1e-12);
            }
        }
    }

    @Test
    void oneStepIsTheCell() {
        List<Tensor> out = BlockCheck.outputs(g -> {
            Value x = g.normal(2, 1, 5);
            LstmCell cell = new LstmCell(3);
            g.output(new Recurrence(cell, Direction.FORWARD)
                    .build(g.scope(), x)
                    .outputs()
                    .reshape(2, 3));
            g.output(cell.step(g.scope(), x.reshape(2, 5), cell.start(g.graph(), 2))
                    .output());
        });
        Tensors.assertClose(out.get(0), out.get(1), 1e-12);
    }

    @Test
    void wrongRankIsNamed() {
        BlockCheck.assertError(
                "x must be [B, T, in], got [2, 5]",
                g -> new Recurrence(new GruCell(3), Direction.FORWARD).build(g.scope(), g.normal(2, 5)));
        BlockCheck.assertError("GruCell: width must be at least 1, got 0", g -> new GruCell(0));
    }
}
