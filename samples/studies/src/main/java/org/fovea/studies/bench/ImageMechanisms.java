package org.fovea.studies.bench;

import static org.fovea.studies.bench.MechanismList.HEADS;
import static org.fovea.studies.bench.MechanismList.WIDTH;
import static org.fovea.studies.bench.MechanismList.grid;
import static org.fovea.studies.bench.MechanismList.in;
import static org.fovea.studies.bench.MechanismList.map;

import java.util.Collections;
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.Cbam;
import org.fovea.core.attention.DecomposedAttention;
import org.fovea.core.attention.DividedSpaceTime;
import org.fovea.core.attention.DualAttention;
import org.fovea.core.attention.EagleBackbones;
import org.fovea.core.attention.EfficientChannelAttention;
import org.fovea.core.attention.FactorisedEncoder;
import org.fovea.core.attention.FrameAttention;
import org.fovea.core.attention.Glam;
import org.fovea.core.attention.GlobalLocalAttention;
import org.fovea.core.attention.SinkhornAttention;
import org.fovea.core.attention.SpatialReductionAttention;
import org.fovea.core.attention.SqueezeExcitation;
import org.fovea.core.attention.VisionEagleAttention;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.Block;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.NormPlacement;
import org.fovea.core.nn.TransformerBlock;

/**
 * The mechanisms over images, grids of tokens and clips. Where n is a side there are n·n places: full attention takes time as
 * n⁴, and the memory of a step of it, were all its scores held, grows so too.
 */
final class ImageMechanisms {
    private static final String SIDE = "side of the map";
    private static final int FRAMES = 8;

    private ImageMechanisms() {}

    static void add(MechanismList to) {
        grids(to);
        gates(to);
        clips(to);
    }

    private static void grids(MechanismList to) {
        int[] large = {32, 64, 128};
        int[] small = {16, 32, 64};
        int[] tokens = {1024, 2048, 4096};
        to.add("AxialAttention", SIDE, 3, 3, large, (s, n) -> axial(AxialAttention.Relative.NONE)
                .build(s, grid(s, n))
                .values());
        to.add("AxialAttention relative", SIDE, 3, 3, small, (s, n) -> axial(AxialAttention.Relative.QUERY_KEY_VALUE)
                .build(s, grid(s, n))
                .values());
        to.add("WindowAttention", SIDE, 2, 2, large, (s, n) -> new WindowAttention(HEADS, 8, 0)
                .build(s, grid(s, n))
                .values());
        to.add("WindowAttention shifted", SIDE, 2, 2, large, (s, n) -> new WindowAttention(HEADS, 8, 4)
                .build(s, grid(s, n))
                .values());
        to.add("DecomposedAttention", SIDE, 2, 2, large, (s, n) -> new DecomposedAttention(HEADS, 8, true, true)
                .build(s, grid(s, n))
                .values());
        to.add("SpatialReductionAttention", SIDE, 4, 4, small, (s, n) -> new SpatialReductionAttention(
                        HEADS, 4, n, n, 1e-5)
                .build(s, in(s, "x", n * n))
                .values());
        to.add("GlobalLocalAttention", "tokens", 1, 1, tokens, (s, n) -> new GlobalLocalAttention(HEADS, 64, 8)
                .build(s, in(s, "x", n))
                .values());
        to.add("SinkhornAttention", "tokens", 1, 1, tokens, (s, n) -> new SinkhornAttention(HEADS, 64, 8, 0.75)
                .build(s, in(s, "x", n))
                .values());
        to.add("DualAttention", SIDE, 4, 4, small, (s, n) -> new DualAttention(8)
                .build(s, map(s, n))
                .values());
        to.add("Glam", SIDE, 4, 4, small, (s, n) -> new Glam(8, 3)
                .build(s, map(s, n))
                .values());
    }

    private static void gates(MechanismList to) {
        int[] sides = {32, 64, 128};
        to.add("SqueezeExcitation", SIDE, 2, 2, sides, (s, n) -> new SqueezeExcitation(16, true)
                .build(s, map(s, n))
                .values());
        to.add("EfficientChannelAttention", SIDE, 2, 2, sides, (s, n) -> EfficientChannelAttention.of(WIDTH)
                .build(s, map(s, n))
                .values());
        to.add("Cbam", SIDE, 2, 2, sides, (s, n) -> new Cbam(16, 7)
                .build(s, map(s, n))
                .values());
        to.add("VisionEagleAttention", SIDE, 2, 2, sides, (s, n) -> new VisionEagleAttention()
                .build(s, map(s, n), s.graph().input("gated", 1, WIDTH, 2 * n, 2 * n))
                .values());
        Block stage = (s, x) ->
                new ConvLayer(WIDTH, 3, ConvWindow.of(2, 1), true).build(s, x).relu();
        to.add("EagleBackbones", "side of the image", 2, 2, sides, (s, n) -> new EagleBackbones(
                        Collections.nCopies(3, stage))
                .build(s, s.graph().input("image", 1, 3, n, n))
                .values());
    }

    private static void clips(MechanismList to) {
        int[] tokens = {128, 256, 512};
        to.add("DividedSpaceTime", "tokens a frame", 2, 1, tokens, (s, n) -> new DividedSpaceTime(
                        new MultiHeadSelfAttention(HEADS, true), block())
                .build(s, s.graph().input("clip", 1, FRAMES, n, WIDTH))
                .values());
        to.add("FactorisedEncoder", "tokens a frame", 2, 1, tokens, (s, n) -> new FactorisedEncoder(
                        block(), 1, block(), 1)
                .build(s, s.graph().input("clip", 1, FRAMES, n, WIDTH))
                .values());
        to.add("FrameAttention", "frames", 1, 1, new int[] {1024, 2048, 4096}, (s, n) -> new FrameAttention(WIDTH)
                .build(s, in(s, "frames", n))
                .values());
    }

    private static AxialAttention axial(AxialAttention.Relative relative) {
        return new AxialAttention(HEADS, relative);
    }

    private static TransformerBlock block() {
        return new TransformerBlock(
                new MultiHeadSelfAttention(HEADS, true),
                new Mlp(2 * WIDTH, Activation.GELU),
                1e-6,
                TransformerBlock.Scaling.NONE,
                NormPlacement.BEFORE);
    }
}
