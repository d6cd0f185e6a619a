package org.fovea.studies.maze;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.tensor.Tensor;

/**
 * Corridors with a sign at one end and two exits at the other, the sign telling which exit is right:
 *
 * <pre>
 *        E
 *   S....+     S sign, E exit, + where the ways part
 *        E
 * </pre>
 *
 * <p>The player starts beside the sign and sees the nine places around it and itself, so that the sign is out of sight after one
 * step. An exit ends the game, with a reward of 1 at the right one. Running into a wall or the sign is standing still.
 *
 * <p>It is a Markov decision process with few states, so that its rules are tables.
 */
final class SignMaze {
    /** Up, down, left, right. */
    static final int ACTIONS = 4;

    static final int PLACES = 9;

    private static final int[] STEP_X = {0, 0, -1, 1};
    private static final int[] STEP_Y = {-1, 1, 0, 0};

    private enum Tile {
        WALL,
        FLOOR,
        SIGN_UP,
        SIGN_DOWN,
        EXIT
    }

    /** Channels of a view: what the place shows (one of the tiles) and which of the nine it is. */
    static final int CHANNELS = Tile.values().length + PLACES;

    /** Position of the player: column x of a corridor, 0 to its length. */
    private record State(int length, boolean up, int x) {
        Tile tile(int column, int row) {
            if (row == 0 && column >= 0 && column <= length) {
                return Tile.FLOOR;
            }
            if (row == 0 && column == -1) {
                return up ? Tile.SIGN_UP : Tile.SIGN_DOWN;
            }
            return column == length && Math.abs(row) == 1 ? Tile.EXIT : Tile.WALL;
        }
    }

    private final List<State> states = new ArrayList<>();

    /** All corridors up to a length, each with either sign. */
    SignMaze(int longest) {
        for (int length = 1; length <= longest; length++) {
            for (int x = 0; x <= length; x++) {
                states.add(new State(length, true, x));
                states.add(new State(length, false, x));
            }
        }
    }

    /** The number of states, the last of which is the end of the game. */
    int size() {
        return states.size() + 1;
    }

    /** The states in which a game in a corridor of such a length starts, one for either sign. */
    int[] starts(int length) {
        return new int[] {states.indexOf(new State(length, true, 0)), states.indexOf(new State(length, false, 0))};
    }

    /** {@code [states, PLACES·CHANNELS]}: what is seen in each state; zeros after the end. */
    Tensor frames() {
        float[] out = new float[size() * PLACES * CHANNELS];
        for (int s = 0; s < states.size(); s++) {
            for (int place = 0; place < PLACES; place++) {
                int at = (s * PLACES + place) * CHANNELS;
                State state = states.get(s);
                Tile tile = state.tile(state.x + place % 3 - 1, place / 3 - 1);
                out[at + tile.ordinal()] = 1;
                out[at + Tile.values().length + place] = 1;
            }
        }
        return Tensor.of(out, size(), PLACES * CHANNELS);
    }

    /** {@code [states·ACTIONS, states]}: 1 where an action leads to. */
    Tensor moves() {
        float[] out = new float[size() * ACTIONS * size()];
        for (int s = 0; s < size(); s++) {
            for (int action = 0; action < ACTIONS; action++) {
                out[(s * ACTIONS + action) * size() + next(s, action)] = 1;
            }
        }
        return Tensor.of(out, size() * ACTIONS, size());
    }

    private int next(int s, int action) {
        if (s == states.size()) {
            return s;
        }
        State state = states.get(s);
        return switch (state.tile(state.x + STEP_X[action], STEP_Y[action])) {
            case EXIT -> states.size();
            case FLOOR -> states.indexOf(new State(state.length, state.up, state.x + STEP_X[action]));
            default -> s;
        };
    }

    /** {@code [states·ACTIONS, 1]}: 1 for the step into the right exit. */
    Tensor rewards() {
        float[] out = new float[size() * ACTIONS];
        for (int s = 0; s < states.size(); s++) {
            State state = states.get(s);
            int action = state.up ? 0 : 1;
            out[s * ACTIONS + action] = state.x == state.length ? 1 : 0;
        }
        return Tensor.of(out, out.length, 1);
    }
}
