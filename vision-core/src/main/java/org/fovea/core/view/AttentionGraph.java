package org.fovea.core.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/**
 * Attention between the nodes of a graph: arrows from the node that attends to the one it attends to, as thick as their weight and
 * in the colors of {@link HeatMap}, with a legend; the weight of a node for itself is the ring around it. Immutable and
 * thread-safe.
 *
 * <p>Nodes find their places by themselves, and the same graph always gets the same; {@link #withPlaces} puts them where they
 * belong.
 */
public final class AttentionGraph {
    private static final int MARGIN = 56;
    private static final int RADIUS = 17;
    private static final double THICKEST = 9;
    private static final double THINNEST = 0.8;
    private static final double RING = 7;
    /** Minimum distance between the centers of two nodes, in pixels: room for an arrow and a label. */
    private static final double CLOSEST = 116;

    /** Deviation of an arrow from the straight line, as a fraction of its length, which separates the two arrows of a pair. */
    private static final double BEND = 0.12;

    private final List<String> labels;
    private final List<Edge> edges;
    private final Optional<double[][]> places;

    /**
     * One node's attention to another.
     *
     * @param from index of the node that attends, from 0
     * @param to index of the node attended to, from 0; may be the same
     * @param weight 0 or more
     */
    public record Edge(int from, int to, double weight) {
        /**
         * Checks the weight.
         *
         * @throws IllegalArgumentException when it is below 0 or not finite
         */
        public Edge {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("AttentionGraph: a weight must be 0 or more, got " + weight);
            }
        }
    }

    private AttentionGraph(List<String> labels, List<Edge> edges, Optional<double[][]> places) {
        this.labels = labels;
        this.edges = edges;
        this.places = places;
    }

    /**
     * Creates a graph from edges.
     *
     * @param labels labels of the nodes
     * @throws IllegalArgumentException when there are no nodes, or an edge refers to one that does not exist
     */
    public static AttentionGraph of(List<String> labels, List<Edge> edges) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("AttentionGraph: there must be a node, got none");
        }
        for (Edge edge : edges) {
            int low = Math.min(edge.from, edge.to);
            int high = Math.max(edge.from, edge.to);
            if (low < 0 || high >= labels.size()) {
                throw new IllegalArgumentException(
                        "AttentionGraph: nodes must lie in [0, " + labels.size() + "), got " + edge);
            }
        }
        return new AttentionGraph(List.copyOf(labels), List.copyOf(edges), Optional.empty());
    }

    /**
     * Creates a graph of all pairs whose weight is above 0.
     *
     * @param weights {@code [N, N]}: weights of each node's (row) attention to each node (column)
     * @throws IllegalArgumentException when the shape differs, or a weight is below 0 or not finite
     */
    public static AttentionGraph of(List<String> labels, Tensor weights) {
        int n = labels.size();
        WeightGrid grid = WeightGrid.of("AttentionGraph", weights);
        if (grid.height() != n || grid.width() != n) {
            throw new IllegalArgumentException(
                    "AttentionGraph: weights must be [N, N] for " + n + " nodes, got " + weights);
        }
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (grid.rows()[i][j] != 0) {
                    edges.add(new Edge(i, j, grid.rows()[i][j]));
                }
            }
        }
        return of(labels, edges);
    }

    /**
     * Copy with given positions of its nodes, which are moved apart where one would hide another.
     *
     * @param places (x, y) of each node, from (0, 0), the top left, to (1, 1); copied
     * @throws IllegalArgumentException when there is not one for each node, or one is out of range
     */
    public AttentionGraph withPlaces(double[][] places) {
        double[][] copy = Arrays.stream(places).map(double[]::clone).toArray(double[][]::new);
        boolean fits = copy.length == labels.size()
                && Arrays.stream(copy)
                        .allMatch(p -> p.length == 2 && Arrays.stream(p).allMatch(v -> v >= 0 && v <= 1));
        if (!fits) {
            throw new IllegalArgumentException("AttentionGraph: there must be a place (x, y) in [0, 1] for each of the "
                    + labels.size() + " nodes, got " + Arrays.deepToString(places));
        }
        return new AttentionGraph(labels, edges, Optional.of(copy));
    }

    /**
     * Draws the graph.
     *
     * @param width in pixels, with the legend, at least 240
     * @param height in pixels, at least 240
     * @throws IllegalArgumentException when a size is smaller
     */
    public RgbImage draw(int width, int height) {
        int least = 4 * MARGIN + Canvas.LINE - 4;
        if (width < least || height < least) {
            throw new IllegalArgumentException("AttentionGraph: width and height must be at least " + least
                    + " pixels, got " + width + " and " + height);
        }
        double most = edges.stream().mapToDouble(Edge::weight).max().orElse(0);
        ColorBar bar = new ColorBar(0, most);
        int right = width - bar.width() - 4;
        Canvas canvas = new Canvas(width, height);
        double[][] at = inPixels(right, height);
        edges.stream().sorted(Comparator.comparingDouble(Edge::weight)).forEach(edge -> {
            double share = most > 0 ? edge.weight / most : 0;
            if (edge.from == edge.to) {
                ring(canvas.graphics(), at[edge.from], share);
            } else {
                arrow(canvas.graphics(), at[edge.from], at[edge.to], share);
            }
        });
        for (int i = 0; i < at.length; i++) {
            node(canvas, at[i], labels.get(i), right);
        }
        bar.draw(canvas, right, 0, height);
        return canvas.finish();
    }

    private double[][] inPixels(int width, int height) {
        double[][] shares = places.orElseGet(() -> ForceLayout.places(labels.size(), edges));
        double[][] at = new double[shares.length][];
        double across = width - 2.0 * MARGIN;
        double down = height - 2.0 * MARGIN;
        Arrays.setAll(at, i -> new double[] {shares[i][0] * across, shares[i][1] * down});
        ForceLayout.spread(at, CLOSEST, across, down);
        for (double[] place : at) {
            place[0] += MARGIN;
            place[1] += MARGIN;
        }
        return at;
    }

    private static void ring(Graphics2D g, double[] at, double share) {
        double thick = THINNEST + share * RING;
        double radius = RADIUS + thick / 2;
        g.setColor(new Color(Viridis.rgb(share)));
        g.setStroke(new BasicStroke((float) thick));
        g.draw(new Ellipse2D.Double(at[0] - radius, at[1] - radius, 2 * radius, 2 * radius));
    }

    private static void arrow(Graphics2D g, double[] from, double[] to, double share) {
        double dx = to[0] - from[0];
        double dy = to[1] - from[1];
        double length = Math.max(1, Math.hypot(dx, dy));
        double middleX = (from[0] + to[0]) / 2 - BEND * dy;
        double middleY = (from[1] + to[1]) / 2 + BEND * dx;
        double thick = THINNEST + share * (THICKEST - THINNEST);
        double head = 7 + 1.2 * thick;
        double endX = to[0] - middleX;
        double endY = to[1] - middleY;
        double end = Math.max(1, Math.hypot(endX, endY));
        double reach = RADIUS + RING;
        double tipX = to[0] - endX / end * reach;
        double tipY = to[1] - endY / end * reach;
        g.setColor(new Color(Viridis.rgb(share)));
        g.setStroke(new BasicStroke((float) thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        if (length > 2 * reach) {
            double neck = Math.min(head * 0.8, end - reach);
            g.draw(new QuadCurve2D.Double(
                    from[0], from[1], middleX, middleY, tipX - endX / end * neck, tipY - endY / end * neck));
            g.fill(head(tipX, tipY, Math.atan2(endY, endX), head));
        }
    }

    private static Shape head(double x, double y, double angle, double size) {
        Path2D path = new Path2D.Double();
        path.moveTo(0, 0);
        path.lineTo(-size, size / 2);
        path.lineTo(-size, -size / 2);
        path.closePath();
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(angle);
        return path.createTransformedShape(place);
    }

    private static void node(Canvas canvas, double[] at, String label, int right) {
        Graphics2D g = canvas.graphics();
        Ellipse2D disc = new Ellipse2D.Double(at[0] - RADIUS, at[1] - RADIUS, 2 * RADIUS, 2 * RADIUS);
        g.setColor(Canvas.PAPER);
        g.fill(disc);
        g.setColor(Canvas.INK);
        g.setStroke(new BasicStroke(1.5f));
        g.draw(disc);
        boolean inside = Canvas.width(label, Canvas.NORMAL) <= 2 * RADIUS - 6;
        double below = inside ? 0 : RADIUS + RING + Canvas.LINE / 2.0;
        double middle = at[0];
        if (!inside) {
            int half = Canvas.width(label, Canvas.SMALL) / 2 + 3;
            middle = Math.max(half, Math.min(right - half, middle));
            g.setColor(new Color(255, 255, 255, 210));
            g.fillRect((int) middle - half, (int) (at[1] + below) - 8, 2 * half, 17);
            g.setColor(Canvas.INK);
        }
        canvas.text(label, middle, at[1] + below, inside ? Canvas.NORMAL : Canvas.SMALL, Canvas.Align.CENTER);
    }
}
