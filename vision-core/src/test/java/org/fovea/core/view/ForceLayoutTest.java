package org.fovea.core.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.view.AttentionGraph.Edge;
import org.junit.jupiter.api.Test;

class ForceLayoutTest {
    private static double apart(double[][] at, int i, int j) {
        return Math.hypot(at[i][0] - at[j][0], at[i][1] - at[j][1]);
    }

    @Test
    void placesFillTheUnitSquare() {
        double[][] at = ForceLayout.places(7, List.of(new Edge(0, 1, 1), new Edge(2, 3, 1)));
        for (int axis = 0; axis < 2; axis++) {
            double low = 1;
            double high = 0;
            for (double[] place : at) {
                low = Math.min(low, place[axis]);
                high = Math.max(high, place[axis]);
            }
            assertArrayEquals(new double[] {0, 1}, new double[] {low, high}, 1e-12);
        }
        assertArrayEquals(new double[] {0.5, 0.5}, ForceLayout.places(1, List.of())[0]);
    }

    @Test
    void groupsStayTogether() {
        List<Edge> edges = new ArrayList<>();
        for (int group = 0; group < 2; group++) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < i; j++) {
                    edges.add(new Edge(2 * i + group, 2 * j + group, 1)); // even nodes, and odd ones
                }
            }
        }
        edges.add(new Edge(0, 1, 1));
        double[][] at = ForceLayout.places(8, edges);
        double within = 0;
        double between = 0;
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < i; j++) {
                if ((i - j) % 2 == 0) {
                    within += apart(at, i, j) / 12;
                } else {
                    between += apart(at, i, j) / 16;
                }
            }
        }
        assertTrue(1.5 * within < between, within + " within, " + between + " between");
    }

    @Test
    void spreadKeepsNodesApartAndInside() {
        double[][] at = {{0, 0}, {1, 1}, {1, 1}, {300, 200}};
        ForceLayout.spread(at, 50, 300, 200);
        for (int i = 0; i < at.length; i++) {
            assertTrue(at[i][0] >= 0 && at[i][0] <= 300 && at[i][1] >= 0 && at[i][1] <= 200, "node " + i);
            for (int j = 0; j < i; j++) {
                assertTrue(apart(at, i, j) > 49, i + " and " + j + " are " + apart(at, i, j) + " apart");
            }
        }
        assertArrayEquals(new double[] {300, 200}, at[3]);
    }
}
