package org.fovea.studies.bench;

import static org.fovea.studies.bench.MechanismList.HEADS;
import static org.fovea.studies.bench.MechanismList.WIDTH;
import static org.fovea.studies.bench.MechanismList.in;

import java.util.stream.IntStream;
import org.fovea.core.attention.GlimpseNetwork;
import org.fovea.core.attention.GlimpseSensor;
import org.fovea.core.attention.GraphAttention;
import org.fovea.core.attention.HardAttention;
import org.fovea.core.attention.HyperHyperNetwork;
import org.fovea.core.attention.RecurrentAttentionModel;
import org.fovea.core.attention.RecurrentAttentionNetwork;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AffineGrid;
import org.fovea.core.nn.ConvLocalisation;
import org.fovea.core.nn.GruCell;
import org.fovea.core.nn.SamplingGrid;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.ThinPlateSplineGrid;
import org.fovea.core.tensor.Tensor;

/** The mechanisms that choose where to look, that read graphs, and that make networks. */
final class LookingMechanisms {
    private static final int NEIGHBORS = 8;

    private LookingMechanisms() {}

    static void add(MechanismList to) {
        int[] sides = {32, 64, 128};
        int[] many = {1024, 2048, 4096};
        int[] steps = {8, 16, 32};
        String side = "side of the image";
        to.add(
                "SpatialTransformer affine",
                side,
                2,
                2,
                sides,
                (s, n) -> transformer(s, new AffineGrid(n, n, false), n));
        to.add(
                "SpatialTransformer spline",
                side,
                2,
                2,
                sides,
                (s, n) -> transformer(s, new ThinPlateSplineGrid(4, 4, n, n, false), n));
        to.add("HardAttention", "places", 1, 1, many, (s, n) -> new HardAttention(WIDTH)
                .build(s, in(s, "q", 16), in(s, "m", n), s.graph().input("gumbel", 1, 16, n))
                .values());
        to.add("GlimpseSensor", side, 2, 2, sides, (s, n) -> sensor().build(
                        s.graph().input("x", 1, 1, n, n), s.graph().input("points", 1, 2)));
        to.add("RecurrentAttentionModel", "glimpses", 1, 1, steps, (s, n) -> new RecurrentAttentionModel(
                        new GlimpseNetwork(sensor(), WIDTH, WIDTH), WIDTH, n, 0.1, 10)
                .build(
                        s,
                        s.graph().input("x", 1, 1, 60, 60),
                        s.graph().input("start", 1, 2),
                        s.graph().input("normal", 1, n - 1, 2))
                .logits());
        to.add("RecurrentAttentionNetwork", "frames", 2, 2, steps, (s, n) -> new RecurrentAttentionNetwork(
                        WIDTH, new GruCell(WIDTH), 4, RecurrentAttentionNetwork.Memory.ATTENDED)
                .build(s, s.graph().input("frames", 1, n, 25, WIDTH))
                .logits());
        to.add("GraphAttention", "nodes of 8 neighbors", 1, 1, many, (s, n) -> new GraphAttention(
                        HEADS, WIDTH / HEADS, GraphAttention.Join.CONCATENATE)
                .build(s, in(s, "nodes", n), ends(s, n, 0), ends(s, n, 1))
                .values());
        to.add("HyperHyperNetwork", "units made", 1, 1, new int[] {64, 128, 256}, (s, n) -> new HyperHyperNetwork(
                        WIDTH, 32, n, 10)
                .build(s, in(s, "condition", 16), s.graph().input("instance", 1, 8), in(s, "x", 16))
                .values());
    }

    private static Value transformer(Scope scope, SamplingGrid grid, int side) {
        return new SpatialTransformer(new ConvLocalisation(5, 20, 2, 20), grid, GridPadding.ZEROS)
                .build(scope, scope.graph().input("x", 1, 1, side, side))
                .image();
    }

    private static GlimpseSensor sensor() {
        return new GlimpseSensor(8, 3, 2);
    }

    /** Edges of a ring in which each node reads the next few. */
    private static Value ends(Scope scope, int nodes, int shifted) {
        int[] out = IntStream.range(0, nodes * NEIGHBORS)
                .map(i -> (i / NEIGHBORS + shifted * (1 + i % NEIGHBORS)) % nodes)
                .toArray();
        return scope.graph().constant(Tensor.of(out, out.length));
    }
}
