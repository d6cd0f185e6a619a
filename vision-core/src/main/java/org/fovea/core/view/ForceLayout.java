package org.fovea.core.view;

import java.util.List;

/**
 * Places for the nodes of a graph: all push each other away, edges pull, steps get smaller. It starts from a circle and uses no
 * chance: the same graph always gets the same places.
 *
 * @see <a href="https://doi.org/10.1002/spe.4380211102">Fruchterman and Reingold 1991</a>
 */
final class ForceLayout {
    private static final int STEPS = 400;
    private static final double FIRST_STEP = 0.1;
    private static final double CLOSEST = 1e-6;
    /** Strength of the attraction between parts of the graph that no edge connects. */
    private static final double GRAVITY = 0.3;

    private ForceLayout() {}

    /** Coordinates (x, y) of each node, scaled so that the outermost are at 0 and 1; a single node is in the center. */
    static double[][] places(int nodes, List<AttentionGraph.Edge> edges) {
        double[][] at = new double[nodes][];
        for (int i = 0; i < nodes; i++) {
            double angle = 2 * Math.PI * i / nodes;
            at[i] = new double[] {Math.cos(angle) / 2, Math.sin(angle) / 2};
        }
        double distance = 1 / Math.sqrt(nodes);
        for (int step = 0; step < STEPS; step++) {
            double[][] force = forces(at, edges, distance);
            double longest = FIRST_STEP * (1 - (double) step / STEPS);
            for (int i = 0; i < nodes; i++) {
                double size = Math.max(CLOSEST, Math.hypot(force[i][0], force[i][1]));
                double move = Math.min(size, longest) / size;
                at[i][0] += move * force[i][0];
                at[i][1] += move * force[i][1];
            }
        }
        stretch(at, 0);
        stretch(at, 1);
        return at;
    }

    /**
     * Moves points apart that are too close, as far as there is room.
     *
     * @param at (x, y) in pixels, in [0, width] and [0, height]; changed
     * @param least minimum distance between any two
     */
    static void spread(double[][] at, double least, double width, double height) {
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < at.length; i++) {
                for (int j = i + 1; j < at.length; j++) {
                    double apart = Math.hypot(at[j][0] - at[i][0], at[j][1] - at[i][1]);
                    if (apart < least) {
                        boolean same = apart < CLOSEST;
                        double angle = same ? j : Math.atan2(at[j][1] - at[i][1], at[j][0] - at[i][0]);
                        double half = (least - apart) / 4; // gently, since neighbors push back
                        move(at[i], -half * Math.cos(angle), -half * Math.sin(angle), width, height);
                        move(at[j], half * Math.cos(angle), half * Math.sin(angle), width, height);
                    }
                }
            }
        }
    }

    private static void move(double[] at, double x, double y, double width, double height) {
        at[0] = Math.max(0, Math.min(width, at[0] + x));
        at[1] = Math.max(0, Math.min(height, at[1] + y));
    }

    private static double[][] forces(double[][] at, List<AttentionGraph.Edge> edges, double distance) {
        double[][] force = new double[at.length][2];
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < at.length; j++) {
                if (i != j) {
                    double apart = apart(at, i, j);
                    add(force[i], at[j], at[i], distance * distance / (apart * apart));
                }
            }
            force[i][0] -= GRAVITY * at[i][0];
            force[i][1] -= GRAVITY * at[i][1];
        }
        for (AttentionGraph.Edge edge : edges) {
            double pull = apart(at, edge.from(), edge.to()) / distance;
            add(force[edge.from()], at[edge.from()], at[edge.to()], pull);
            add(force[edge.to()], at[edge.to()], at[edge.from()], pull);
        }
        return force;
    }

    private static double apart(double[][] at, int i, int j) {
        return Math.max(CLOSEST, Math.hypot(at[i][0] - at[j][0], at[i][1] - at[j][1]));
    }

    private static void add(double[] force, double[] from, double[] to, double times) {
        force[0] += times * (to[0] - from[0]);
        force[1] += times * (to[1] - from[1]);
    }

    private static void stretch(double[][] at, int axis) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] place : at) {
            low = Math.min(low, place[axis]);
            high = Math.max(high, place[axis]);
        }
        for (double[] place : at) {
            place[axis] = high - low > CLOSEST ? (place[axis] - low) / (high - low) : 0.5;
        }
    }
}
