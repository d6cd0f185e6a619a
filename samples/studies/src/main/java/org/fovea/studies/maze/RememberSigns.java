package org.fovea.studies.maze;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.fovea.core.attention.RecurrentAttentionNetwork;
import org.fovea.core.attention.RecurrentAttentionNetwork.Memory;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.GruCell;
import org.fovea.core.policy.Noise;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.Checkpoints;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingPlan;
import org.fovea.core.weights.Parameters;
import org.fovea.studies.StudyTask;

/**
 * The recurrent attention network learns, by policy gradient alone, to find the right exit of {@link SignMaze}, with and without its
 * memory. It trains on short corridors and is scored on these and on longer ones. Without memory no player can win more than
 * half of the games. Takes about a minute.
 */
public final class RememberSigns {
    private static final int TRAINED = 4;
    private static final int LONGEST = 7;
    private static final int STEPS_OF_A_GAME = 12;
    private static final int WIDTH = 32;
    private static final int BATCH = 128;
    private static final double RATE = 3e-3;

    private final Backend backend = OneDnnBackend.create();
    private final SignMaze maze = new SignMaze(LONGEST);
    private final MazePlayer player;
    private final int steps;

    private RememberSigns(Memory memory, int steps) {
        this.player = new MazePlayer(
                maze,
                new RecurrentAttentionNetwork(WIDTH, new GruCell(WIDTH), SignMaze.ACTIONS, memory),
                STEPS_OF_A_GAME);
        this.steps = steps;
    }

    /** Runs the study; the arguments, if any, are the number of training steps and the seed. */
    public static void main(String[] args) {
        int steps = args.length > 0 ? Integer.parseInt(args[0]) : 300;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        for (Memory memory : Memory.values()) {
            System.out.println("memory: " + memory.name().toLowerCase(Locale.ROOT));
            RememberSigns study = new RememberSigns(memory, steps);
            Parameters learned = study.train(seed);
            study.score(learned, 1, TRAINED);
            study.score(learned, TRAINED + 1, LONGEST);
        }
    }

    private Parameters train(long seed) {
        int[] starts = starts(1, TRAINED);
        double[] won = new double[2]; // share and steps
        StudyTask<Map<String, Tensor>> task = new StudyTask<>(
                () -> player.build(new Graph(), BATCH),
                graph -> InitialParameters.of(graph, seed),
                games -> games,
                (games, outputs) -> {
                    won[0] += share(outputs.get(MazePlayer.WON));
                    won[1]++;
                });
        TrainingPlan plan = TrainingPlan.builder(
                        Optimizer.adamW(0), new Schedule.Cosine(RATE, RATE / 10, 0, steps / 20, steps))
                .clipNorm(1)
                .epochs(StudyTask.parts(steps))
                .build();
        return task.train(
                backend,
                plan,
                StudyTask.drawn(BATCH, steps, step -> drawn(starts, seed, step + 1)),
                Checkpoints.none(),
                () -> {
                    String line = String.format(Locale.ROOT, "%.1f%% won", 100 * won[0] / won[1]);
                    Arrays.fill(won, 0);
                    return line;
                });
    }

    private Map<String, Tensor> drawn(int[] starts, long seed, long step) {
        Random random = new Random(seed * steps + step);
        int[] drawn = IntStream.range(0, BATCH)
                .map(i -> starts[random.nextInt(starts.length)])
                .toArray();
        return games(drawn, Noise.GUMBEL.draw("step " + step, seed, BATCH, STEPS_OF_A_GAME, SignMaze.ACTIONS));
    }

    /** Plays each corridor of these lengths once with either sign, always choosing what seems best. */
    private void score(Parameters learned, int shortest, int longest) {
        int[] starts = starts(shortest, longest);
        Graph graph = new Graph();
        player.build(graph, starts.length);
        try (Program program = backend.compile(graph, learned, Precision.F32)) {
            Tensor noise = Tensor.of(
                    new float[starts.length * STEPS_OF_A_GAME * SignMaze.ACTIONS],
                    starts.length,
                    STEPS_OF_A_GAME,
                    SignMaze.ACTIONS);
            Map<String, Tensor> results = program.run(games(starts, noise));
            System.out.printf(
                    Locale.ROOT,
                    "  corridors of %d to %d: %.0f%% of %d games won%n",
                    shortest,
                    longest,
                    100 * share(results.get(MazePlayer.WON)),
                    starts.length);
            if (results.containsKey(MazePlayer.MEMORY)) {
                float[] weights = results.get(MazePlayer.MEMORY).toFloats();
                int row = (starts.length - 1) * STEPS_OF_A_GAME + longest;
                float sign = weights[row * STEPS_OF_A_GAME];
                System.out.printf(
                        Locale.ROOT,
                        "  at the exits of the longest it gives what it saw first a weight of %.2f%n",
                        sign);
            }
        }
    }

    private Map<String, Tensor> games(int[] starts, Tensor noise) {
        float[] states = new float[starts.length * maze.size()];
        IntStream.range(0, starts.length).forEach(i -> states[i * maze.size() + starts[i]] = 1);
        return Map.of(MazePlayer.STARTS, Tensor.of(states, starts.length, maze.size()), MazePlayer.NOISE, noise);
    }

    private int[] starts(int shortest, int longest) {
        return IntStream.rangeClosed(shortest, longest)
                .flatMap(length -> Arrays.stream(maze.starts(length)))
                .toArray();
    }

    private static double share(Tensor won) {
        return Arrays.stream(won.toDoubles()).average().orElseThrow();
    }
}
