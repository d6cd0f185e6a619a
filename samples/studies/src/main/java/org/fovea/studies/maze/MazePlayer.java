package org.fovea.studies.maze;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fovea.core.attention.RecurrentAttentionNetwork;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.CellState;
import org.fovea.core.nn.Scope;
import org.fovea.core.policy.CategoricalPolicy;
import org.fovea.core.policy.PolicyGradient;

/**
 * Whole games in one graph: the network chooses, the maze's tables answer. A state is a row of zeros with a 1.
 *
 * @param steps after which a game ends at the latest
 */
record MazePlayer(SignMaze maze, RecurrentAttentionNetwork network, int steps) {
    static final String STARTS = "starts";
    static final String NOISE = "noise";
    static final String WON = "won";
    static final String MEMORY = "memory";

    private static final double DISCOUNT = 0.95;
    private static final double ENTROPY = 0.02;
    private static final double BASELINE = 0.5;

    /**
     * Adds {@code batch} games with the inputs {@link #STARTS} [B, states] and {@link #NOISE} [B, steps, ACTIONS] (Gumbel noise;
     * zeros play what seems best), and the outputs {@link #WON} [B] and, of a network that attends to its memory, {@link #MEMORY}
     * [B, steps, steps].
     *
     * @return the loss of the policy gradient
     */
    Value build(Graph graph, int batch) {
        Value noise = graph.input(NOISE, batch, steps, SignMaze.ACTIONS);
        Value state = graph.input(STARTS, batch, maze.size());
        Value frames = graph.constant(maze.frames());
        Value moves = graph.constant(maze.moves());
        Value rewards = graph.constant(maze.rewards());
        List<RecurrentAttentionNetwork.Step> played = new ArrayList<>();
        List<Value> logs = new ArrayList<>();
        List<Value> entropies = new ArrayList<>();
        List<Value> predictions = new ArrayList<>();
        List<Value> gains = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            Value frame = state.matmul(frames).reshape(batch, SignMaze.PLACES, SignMaze.CHANNELS); // [B, P, C]
            RecurrentAttentionNetwork.Step step = step(Scope.of(graph).shared(), frame, played);
            played.add(step);
            CategoricalPolicy policy = new CategoricalPolicy(step.logits());
            Value action = policy.sample(noise.slice(1, t, t + 1).reshape(batch, SignMaze.ACTIONS));
            Value playing = state.slice(1, maze.size() - 1, maze.size()).affine(-1, 1); // [B, 1]
            logs.add(policy.logProbability(action).reshape(batch, 1).multiply(playing));
            entropies.add(policy.entropy().reshape(batch, 1).multiply(playing));
            predictions.add(step.prediction().multiply(playing));
            Value both = state.reshape(batch, maze.size(), 1)
                    .multiply(action.reshape(batch, 1, SignMaze.ACTIONS))
                    .reshape(batch, maze.size() * SignMaze.ACTIONS); // [B, states·actions]
            gains.add(both.matmul(rewards)); // [B, 1]
            state = both.matmul(moves); // [B, states]
        }
        Value reward = columns(gains);
        graph.output(WON, reward.sum(false, 1));
        attended(graph, played, batch);
        return new PolicyGradient(ENTROPY)
                .loss(
                        columns(logs),
                        columns(entropies),
                        PolicyGradient.returns(reward, DISCOUNT),
                        PolicyGradient.Baseline.learned(columns(predictions), BASELINE));
    }

    private RecurrentAttentionNetwork.Step step(Scope scope, Value frame, List<RecurrentAttentionNetwork.Step> played) {
        if (played.isEmpty()) {
            CellState start = network.cell().start(frame.graph(), frame.shape().dim(0));
            return network.first(scope, frame, start);
        }
        Value before = columns(
                played.stream().map(RecurrentAttentionNetwork.Step::seen).toList());
        return network.step(scope, frame, played.get(played.size() - 1).state(), before);
    }

    private void attended(Graph graph, List<RecurrentAttentionNetwork.Step> played, int batch) {
        List<Value> rows = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            Optional<Value> weights = played.get(t).memoryWeights();
            if (weights.isPresent()) {
                rows.add(weights.get().pad(2, 0, steps - t));
            }
        }
        if (!rows.isEmpty()) {
            rows.add(0, graph.fill(0, batch, 1, steps));
            graph.output(MEMORY, columns(rows));
        }
    }

    private static Value columns(List<Value> each) {
        return each.get(0).concat(1, each.subList(1, each.size()).toArray(Value[]::new));
    }
}
