package org.fovea.cli.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.attention.DividedSpaceTime;
import org.fovea.core.attention.FactorisedEncoder;
import org.fovea.core.attention.FrameAttention;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.Panels;

/** Attention over the frames of a clip, in which the yellow ball rolls from left to right. */
final class ClipExhibits {
    private static final int FRAMES = 4;
    private static final int WIDTH = PatchTokens.WIDTH;
    private static final Likeness COLOR = new Likeness(20, 2, 0, 0);

    private ClipExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "space-time",
                        "Divided space-time attention",
                        "Each patch attends to its own place in all frames, then to all places of its own frame, so that a clip costs"
                                + " little more than its frames. How much of every patch of the clip reaches the one marked by"
                                + " both steps: red patches of all frames do, but for those that the yellow ball hides.",
                        List.of(Paper.arxiv("Bertasius et al. 2021, TimeSformer", "2102.05095")),
                        List.of(DividedSpaceTime.class),
                        ClipExhibits::divided),
                new Exhibit(
                        "factorised",
                        "A factorised encoder for clips",
                        "Blocks within each frame come first, each frame becomes one vector, and blocks over those vectors follow."
                                + " The light goes out in the middle of this clip: a patch attends within its frame, and the frames,"
                                + " set to like equal brightness, attend by day to the day and by night to the night.",
                        List.of(Paper.arxiv("Arnab et al. 2021, ViViT", "2103.15691")),
                        List.of(FactorisedEncoder.class),
                        ClipExhibits::factorised),
                new Exhibit(
                        "frames",
                        "Soft attention over frames",
                        "A small net scores each frame and the clip is the mean of its frames weighted by the softmax of the scores."
                                + " Set to like yellow in the right half of the picture, it waits for the ball.",
                        List.of(Paper.arxiv("Yao et al. 2015", "1502.08029")),
                        List.of(FrameAttention.class),
                        ClipExhibits::frames));
    }

    private static List<RgbImage> clip(Studio studio) {
        List<RgbImage> out = new ArrayList<>();
        for (int t = 0; t < FRAMES; t++) {
            out.add(studio.at((double) t / (FRAMES - 1)));
        }
        return out;
    }

    private static List<PatchTokens> patches(List<RgbImage> clip) {
        return clip.stream().map(frame -> PatchTokens.of(frame, Studio.PATCH)).toList();
    }

    private static float[] tokens(List<PatchTokens> frames) {
        return Weights.joined(frames.stream().map(frame -> frame.tokens(WIDTH)).toArray(float[][]::new));
    }

    /** Transformer block that only attends: the weights of its other parts are zeros. */
    private static TransformerBlock block() {
        return new TransformerBlock(
                new MultiHeadSelfAttention(1, true), new Mlp(1, Activation.GELU), 1e-6, TransformerBlock.Scaling.NONE);
    }

    private static Sketch sketch(Studio studio) {
        return studio.sketch()
                .weight("qkv.weight", Likeness.qkv(WIDTH, COLOR))
                .weight("output.weight", Weights.all(WIDTH * WIDTH, 0))
                .weight("time_output.weight", Weights.all(WIDTH * WIDTH, 0))
                .weight("in.weight", Weights.all(WIDTH, 0))
                .weight("out.weight", Weights.all(WIDTH, 0))
                .weight("scale", Weights.all(WIDTH, 1))
                .weight("shift", Weights.all(WIDTH, 0));
    }

    private static RgbImage divided(Studio studio) {
        List<RgbImage> clip = clip(studio);
        List<PatchTokens> frames = patches(clip);
        int n = frames.get(0).count();
        Sketch sketch = sketch(studio);
        AttentionOutput read = new DividedSpaceTime(new MultiHeadSelfAttention(1, true), block())
                .build(sketch.scope(), sketch.given(tokens(frames), 1, FRAMES, n, WIDTH));
        Map<String, Tensor> out = sketch.show("time", read.weights("time"))
                .show("space", read.weights("space"))
                .run();
        float[] time = out.get("time").toFloats(); // [N, T, T]
        float[] space = out.get("space").toFloats(); // [T, N, N]
        int asking = 1;
        int query = frames.get(asking).at(Scene.Ball.BIG_RED.place(0));
        List<Tensor> grids = new ArrayList<>();
        for (int t = 0; t < FRAMES; t++) {
            float[] joint = new float[n];
            for (int i = 0; i < n; i++) {
                joint[i] = space[(asking * n + query) * n + i] * time[(i * FRAMES + asking) * FRAMES + t];
            }
            grids.add(frames.get(t).grid(joint, 0));
        }
        double most = grids.stream().mapToDouble(PatchExhibits::largest).max().orElseThrow();
        Panels panels = Panels.inColumns(2);
        for (int t = 0; t < FRAMES; t++) {
            Optional<Integer> mark = t == asking ? Optional.of(query) : Optional.empty();
            panels = panels.with(
                    "frame " + (t + 1), PatchExhibits.map(clip.get(t), frames.get(t), grids.get(t), mark, most));
        }
        return panels.draw();
    }

    private static RgbImage factorised(Studio studio) {
        List<RgbImage> light = clip(studio);
        List<RgbImage> clip =
                List.of(light.get(0), dimmed(light.get(1), 0.9), dimmed(light.get(2), 0.35), dimmed(light.get(3), 0.3));
        List<PatchTokens> frames = patches(clip);
        int n = frames.get(0).count();
        Sketch sketch =
                sketch(studio).weight("time.0.attention.qkv.weight", Likeness.qkv(WIDTH, new Likeness(0, 3, 0, 0)));
        AttentionOutput read = new FactorisedEncoder(block(), 1, block(), 1)
                .build(sketch.scope(), sketch.given(tokens(frames), 1, FRAMES, n, WIDTH));
        Map<String, Tensor> out = sketch.show("space", read.weights("space.0"))
                .show("time", read.weights("time.0"))
                .run();
        int query = frames.get(0).at(Scene.Ball.YELLOW.place(0));
        List<String> names = List.of("frame 1", "frame 2", "frame 3", "frame 4");
        return Panels.inColumns(2)
                .with("frame 2", clip.get(1))
                .with("frame 3", clip.get(2))
                .with(
                        "within frame 1",
                        PatchExhibits.map(
                                clip.get(0),
                                frames.get(0),
                                frames.get(0).grid(out.get("space").toFloats(), query * n),
                                Optional.of(query)))
                .with(
                        "between the frames",
                        AlignmentMatrix.of(out.get("time").reshape(FRAMES, FRAMES), names, names)
                                .withRange(0, 1)
                                .draw())
                .draw();
    }

    private static RgbImage dimmed(RgbImage image, double light) {
        byte[] rgb = image.toBytes();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round(light * (rgb[i] & 0xff));
        }
        return RgbImage.of(image.height(), image.width(), rgb);
    }

    private static RgbImage frames(Studio studio) {
        List<RgbImage> clip = clip(studio);
        List<PatchTokens> frames = patches(clip);
        int looks = Looks.values().length;
        float[] vectors = new float[FRAMES * looks]; // mean kinds of things in each frame's right half
        for (int t = 0; t < FRAMES; t++) {
            PatchTokens frame = frames.get(t);
            float[] shares = frame.looks();
            for (int i = 0; i < frame.count(); i++) {
                boolean right = i % frame.columns() >= frame.columns() / 2;
                for (int k = 0; right && k < looks; k++) {
                    vectors[t * looks + k] += shares[i * looks + k] * 2 / frame.count();
                }
            }
        }
        float[] yellow = new float[looks];
        yellow[Looks.YELLOW.ordinal()] = 20;
        Sketch sketch = studio.sketch().weight("frames.weight", yellow).weight("score.weight", 4);
        AttentionOutput read = new FrameAttention(1).build(sketch.scope(), sketch.given(vectors, 1, FRAMES, looks));
        float[] weights =
                sketch.show("weights", read.weights()).run().get("weights").toFloats();
        Panels panels = Panels.inColumns(FRAMES);
        for (int t = 0; t < FRAMES; t++) {
            panels = panels.with(String.format(Locale.ROOT, "frame %d: %.2f", t + 1, weights[t]), clip.get(t));
        }
        return panels.draw();
    }
}
