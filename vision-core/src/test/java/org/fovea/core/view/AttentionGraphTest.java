package org.fovea.core.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AttentionGraph.Edge;
import org.junit.jupiter.api.Test;

class AttentionGraphTest {
    private static final List<String> TWO = List.of("a", "b");
    private static final double[][] APART = {{0, 0.5}, {1, 0.5}};

    private static AttentionGraph graph(Edge... edges) {
        return AttentionGraph.of(TWO, List.of(edges)).withPlaces(APART);
    }

    /** Pixels of a color in a column of the picture. */
    private static int count(RgbImage image, int x, int color) {
        int out = 0;
        for (int y = 0; y < image.height(); y++) {
            out += image.pixel(x, y) == color ? 1 : 0;
        }
        return out;
    }

    @Test
    void theThickerArrowIsTheHeavier() {
        RgbImage out = graph(new Edge(0, 1, 1), new Edge(1, 0, 0.25)).draw(500, 300);
        int middle = (out.width() - new ColorBar(0, 1).width() - 4) / 2;
        int heavy = count(out, middle, 0xfde725);
        int light = count(out, middle, Viridis.rgb(0.25));
        assertTrue(heavy >= 8 && heavy <= 11, "the heaviest is 9 pixels thick, got " + heavy);
        assertTrue(light >= 1 && light <= 4, "a quarter is 2.85 pixels thick, got " + light);
    }

    @Test
    void ownWeightIsARing() {
        RgbImage without = graph(new Edge(0, 1, 1)).draw(500, 300);
        RgbImage with = graph(new Edge(0, 1, 1), new Edge(0, 0, 1)).draw(500, 300);
        int x = 56; // the middle of the first node
        assertEquals(0, count(without, x, 0xfde725));
        assertTrue(count(with, x, 0xfde725) >= 8, "two sides of a ring");
    }

    @Test
    void theSameGraphIsDrawnTheSame() {
        AttentionGraph one = AttentionGraph.of(TWO, Tensor.of(new float[] {0.5f, 0.5f, 0, 1}, 2, 2));
        AttentionGraph same =
                AttentionGraph.of(TWO, List.of(new Edge(0, 0, 0.5), new Edge(0, 1, 0.5), new Edge(1, 1, 1)));
        assertEquals(one.draw(400, 300), same.draw(400, 300));
        assertEquals(400, one.draw(400, 300).width());
        assertEquals(300, one.draw(400, 300).height());
    }

    @Test
    void aGraphWithoutEdgesIsDrawn() {
        RgbImage out = AttentionGraph.of(List.of("alone"), List.of()).draw(240, 240);
        assertEquals(240, out.width());
    }

    @Test
    void refusesWhatIsNoGraph() {
        assertMessage("there must be a node", () -> AttentionGraph.of(List.of(), List.of()));
        assertMessage("[0, 2), got Edge[from=0, to=2", () -> graph(new Edge(0, 2, 1)));
        assertMessage("0 or more, got -1", () -> new Edge(0, 1, -1));
        assertMessage("0 or more, got NaN", () -> new Edge(0, 1, Double.NaN));
        assertMessage("[N, N] for 2 nodes", () -> AttentionGraph.of(TWO, Tensor.of(new float[2], 1, 2)));
        assertMessage("at least 240 pixels, got 400 and 239", () -> graph().draw(400, 239));
        assertMessage("for each of the 2 nodes", () -> graph().withPlaces(new double[][] {{0, 0}}));
        assertMessage("[[0.0, NaN], [1.0, 1.0]]", () -> graph().withPlaces(new double[][] {{0, Double.NaN}, {1, 1}}));
    }

    private static void assertMessage(String part, Runnable action) {
        var e = assertThrows(IllegalArgumentException.class, action::run);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
