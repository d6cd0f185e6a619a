package org.fovea.studies.maze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignMazeTest {
    private static final int UP = 0;
    private static final int DOWN = 1;
    private static final int LEFT = 2;
    private static final int RIGHT = 3;

    private final SignMaze maze = new SignMaze(3);

    @Test
    void theExitOfTheSignWins() {
        int[] starts = maze.starts(2);
        assertEquals(1, play(starts[0], RIGHT, RIGHT, UP));
        assertEquals(0, play(starts[0], RIGHT, RIGHT, DOWN));
        assertEquals(1, play(starts[1], RIGHT, RIGHT, DOWN));
        assertEquals(0, play(starts[1], RIGHT, RIGHT, UP));
    }

    @Test
    void wallsAndTheSignStopThePlayer() {
        int start = maze.starts(2)[0];
        assertEquals(1, play(start, LEFT, UP, DOWN, RIGHT, UP, RIGHT, RIGHT, UP));
    }

    @Test
    void anExitEndsTheGame() {
        int start = maze.starts(1)[0];
        assertEquals(0, play(start, RIGHT, DOWN, UP, UP));
    }

    /** Two places after the sign the player sees the same, whatever it said. */
    @Test
    void theSignIsSeenFromTheStartAlone() {
        float[] frames = maze.frames().toFloats();
        int size = SignMaze.PLACES * SignMaze.CHANNELS;
        int[] starts = maze.starts(3);
        assertEquals(2, differences(frames, starts[0] * size, starts[1] * size, size));
        int[] later = {next(starts[0], RIGHT), next(starts[1], RIGHT)};
        assertEquals(0, differences(frames, later[0] * size, later[1] * size, size));
    }

    @Test
    void everyActionLeadsToOneState() {
        float[] moves = maze.moves().toFloats();
        float[] sums = new float[moves.length / maze.size()];
        for (int i = 0; i < moves.length; i++) {
            sums[i / maze.size()] += moves[i];
        }
        float[] ones = new float[sums.length];
        Arrays.fill(ones, 1);
        assertArrayEquals(ones, sums);
    }

    private static int differences(float[] all, int first, int second, int count) {
        int out = 0;
        for (int i = 0; i < count; i++) {
            out += all[first + i] == all[second + i] ? 0 : 1;
        }
        return out;
    }

    private double play(int start, int... actions) {
        int state = start;
        double reward = 0;
        for (int action : actions) {
            reward += maze.rewards().toFloats()[state * SignMaze.ACTIONS + action];
            state = next(state, action);
        }
        return reward;
    }

    private int next(int state, int action) {
        float[] moves = maze.moves().toFloats();
        int row = (state * SignMaze.ACTIONS + action) * maze.size();
        for (int to = 0; to < maze.size(); to++) {
            if (moves[row + to] == 1) {
                return to;
            }
        }
        throw new AssertionError("action " + action + " in state " + state + " must lead somewhere");
    }
}
