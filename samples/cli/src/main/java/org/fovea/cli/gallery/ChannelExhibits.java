package org.fovea.cli.gallery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.attention.Cbam;
import org.fovea.core.attention.DualAttention;
import org.fovea.core.attention.EagleBackbones;
import org.fovea.core.attention.EfficientChannelAttention;
import org.fovea.core.attention.Glam;
import org.fovea.core.attention.SqueezeExcitation;
import org.fovea.core.attention.VisionEagleAttention;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.Block;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/** Attention inside convolutional nets: to channels and to places. The channels are six looks of the picture. */
final class ChannelExhibits {
    private static final int LOOKS = Looks.values().length;

    private ChannelExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "squeeze-excitation",
                        "Squeeze and excitation",
                        "The mean of each channel over the whole picture goes through a small net that says how much of each channel"
                                + " to let through. Six channels, each a color's map, with their share: this one is set to"
                                + " hold back what fills the picture.",
                        List.of(Paper.arxiv("Hu et al. 2018", "1709.01507")),
                        List.of(SqueezeExcitation.class),
                        ChannelExhibits::squeeze),
                new Exhibit(
                        "eca",
                        "Efficient channel attention",
                        "The same with far fewer weights: each channel's share depends on its own mean and those of its neighbors, by"
                                + " one short convolution along the channels. Above the means, below the shares.",
                        List.of(Paper.arxiv("Wang et al. 2020", "1910.03151")),
                        List.of(EfficientChannelAttention.class),
                        ChannelExhibits::efficient),
                new Exhibit(
                        "cbam",
                        "CBAM: channels, then places",
                        "Channels are weighed by their mean and their largest value, then places by the mean and the largest of the"
                                + " channels that are left. Set to let red and yellow through, it then sees where they are.",
                        List.of(Paper.arxiv("Woo et al. 2018", "1807.06521")),
                        List.of(Cbam.class),
                        ChannelExhibits::cbam),
                new Exhibit(
                        "dual",
                        "Dual attention",
                        "One branch lets every place attend to all places, the other every channel to all channels, and both are"
                                + " added. A patch of the yellow ball among the places, and the six channels, where less alike"
                                + " ones attend more.",
                        List.of(Paper.arxiv("Fu et al. 2019, DANet", "1809.02983")),
                        List.of(DualAttention.class),
                        ChannelExhibits::dual),
                new Exhibit(
                        "glam",
                        "Global-local attention (GLAM)",
                        "Local and global attention, each to channels and to places, mixed by three learned numbers. The four maps of"
                                + " one module, its local places set to look for red and its global ones to like the same"
                                + " color.",
                        List.of(Paper.arxiv("Song et al. 2022", "2107.08000")),
                        List.of(Glam.class),
                        ChannelExhibits::glam),
                new Exhibit(
                        "eagle",
                        "Vision eagle attention",
                        "One backbone looks, and at three depths a gate made of what it saw tells a second backbone where to look."
                                + " The gates are set to notice red, at ever coarser scales; last, what the second"
                                + " backbone is given to see.",
                        List.of(Paper.arxiv("Hasan 2024", "2411.10564")),
                        List.of(VisionEagleAttention.class, EagleBackbones.class),
                        ChannelExhibits::eagle));
    }

    /** Indicator channels {@code [1, looks, H, W]} of the kinds of things, times a factor. */
    private static Value channels(Sketch sketch, PatchTokens patches, double times) {
        float[] looks = patches.looks();
        float[] out = new float[looks.length];
        for (int i = 0; i < looks.length; i++) {
            out[i % LOOKS * patches.count() + i / LOOKS] = (float) (times * looks[i]);
        }
        return sketch.given(out, 1, LOOKS, patches.rows(), patches.columns());
    }

    /** Formats a line of numbers, one for each channel. */
    private static RgbImage shares(List<String> rows, float[]... numbers) {
        return AlignmentMatrix.of(numbers, rows, Looks.names()).withRange(0, 1).draw();
    }

    private static float[] means(PatchTokens patches) {
        float[] out = new float[LOOKS];
        float[] looks = patches.looks();
        for (int i = 0; i < looks.length; i++) {
            out[i % LOOKS] += looks[i] / patches.count();
        }
        return out;
    }

    private static RgbImage squeeze(Studio studio) {
        PatchTokens patches = studio.patches();
        Sketch sketch = studio.sketch()
                .weight("squeeze.weight", Weights.identity(LOOKS, LOOKS, 1))
                .weight("excite.weight", Weights.identity(LOOKS, LOOKS, -20))
                .weight("excite.bias", Weights.all(LOOKS, 3));
        AttentionOutput read = new SqueezeExcitation(1, true).build(sketch.scope(), channels(sketch, patches, 1));
        float[] shares =
                sketch.show("shares", read.weights()).run().get("shares").toFloats();
        Panels panels = Panels.inColumns(3);
        float[] looks = patches.looks();
        for (Looks look : Looks.values()) {
            float[] map = new float[patches.count()];
            for (int i = 0; i < map.length; i++) {
                map[i] = looks[i * LOOKS + look.ordinal()];
            }
            String name = Looks.names().get(look.ordinal());
            panels = panels.with(
                    String.format(Locale.ROOT, "%s: share %.2f", name, shares[look.ordinal()]),
                    PatchExhibits.map(studio.photo(), patches, patches.grid(map, 0), Optional.empty(), 1));
        }
        return panels.draw();
    }

    private static RgbImage efficient(Studio studio) {
        PatchTokens patches = studio.patches();
        Sketch sketch = studio.sketch().weight("weight", 2, 4, 2);
        AttentionOutput read = new EfficientChannelAttention(3).build(sketch.scope(), channels(sketch, patches, 1));
        float[] shares =
                sketch.show("shares", read.weights()).run().get("shares").toFloats();
        return shares(List.of("mean", "share"), means(patches), shares);
    }

    private static RgbImage cbam(Studio studio) {
        PatchTokens patches = studio.patches();
        float[] liked = Weights.identity(LOOKS, LOOKS, -4);
        liked[Looks.RED.ordinal() * (LOOKS + 1)] = 4;
        liked[Looks.YELLOW.ordinal() * (LOOKS + 1)] = 4;
        int kernel = 3;
        float[] largest =
                Weights.joined(Weights.all(kernel * kernel, 0), Weights.all(kernel * kernel, 10.0 / (kernel * kernel)));
        Sketch sketch = studio.sketch()
                .weight("channels.in.weight", Weights.identity(LOOKS, LOOKS, 1))
                .weight("channels.out.weight", liked)
                .weight("places.weight", largest)
                .weight("places.bias", -4);
        AttentionOutput read = new Cbam(1, kernel).build(sketch.scope(), channels(sketch, patches, 1));
        Map<String, Tensor> out = sketch.show("channels", read.weights("channels"))
                .show("places", read.weights("places"))
                .run();
        return Panels.inColumns(2)
                .with("channels", shares(List.of("share"), out.get("channels").toFloats()))
                .with("places", places(studio, out.get("places").toFloats(), Optional.empty()))
                .draw();
    }

    private static RgbImage places(Studio studio, float[] weights, Optional<Integer> query) {
        PatchTokens patches = studio.patches();
        int start = query.map(q -> q * patches.count()).orElse(0);
        return PatchExhibits.map(studio.photo(), patches, patches.grid(weights, start), query);
    }

    private static RgbImage dual(Studio studio) {
        PatchTokens patches = studio.patches();
        double size = 0.15; // products of channels sum over all positions
        Sketch sketch = studio.sketch()
                .weight("query.weight", Weights.identity(LOOKS, LOOKS, 2.5 / size))
                .weight("key.weight", Weights.identity(LOOKS, LOOKS, 2.5 / size))
                .weight("value.weight", Weights.identity(LOOKS, LOOKS, 1))
                .weight("places.scale", 1)
                .weight("channels.scale", 1);
        AttentionOutput read = new DualAttention(1).build(sketch.scope(), channels(sketch, patches, size));
        Map<String, Tensor> out = sketch.show("channels", read.weights("channels"))
                .show("places", read.weights("places"))
                .run();
        int query = patches.at(Scene.Ball.YELLOW.place(Studio.STILL));
        return Panels.inColumns(2)
                .with("places", places(studio, out.get("places").toFloats(), Optional.of(query)))
                .with("channels", channelMatrix(out.get("channels")))
                .draw();
    }

    private static RgbImage channelMatrix(Tensor weights) {
        return AlignmentMatrix.of(weights.reshape(LOOKS, LOOKS), Looks.names(), Looks.names())
                .draw();
    }

    private static RgbImage glam(Studio studio) {
        PatchTokens patches = studio.patches();
        int scales = 4;
        float[] red = new float[scales * LOOKS];
        for (int i = 0; i < scales; i++) {
            red[i * LOOKS + Looks.RED.ordinal()] = 1f / scales;
        }
        Sketch sketch = studio.sketch()
                .weight("channels.weight", 2, 4, 2)
                .weight("reduce.weight", Weights.identity(LOOKS, LOOKS, 1))
                .weight("local.places.weight", red)
                .weight("channel_query.weight", 0, 6, 0)
                .weight("channel_key.weight", 0, 6, 0)
                .weight("query.weight", Weights.identity(LOOKS, LOOKS, 2.5))
                .weight("key.weight", Weights.identity(LOOKS, LOOKS, 2.5))
                .weight("value.weight", Weights.identity(LOOKS, LOOKS, 1))
                .weight("output.weight", Weights.identity(LOOKS, LOOKS, 1))
                .weight("mix", 0, 0, 0);
        for (int i = 1; i < scales; i++) {
            sketch.weight("local.dilated." + i + ".weight", Weights.blur(LOOKS, 3));
        }
        AttentionOutput read = new Glam(LOOKS, 3).build(sketch.scope(), channels(sketch, patches, 1));
        Map<String, Tensor> out = sketch.show("c", read.weights("local.channels"))
                .show("p", read.weights("local.places"))
                .show("gc", read.weights("global.channels"))
                .show("gp", read.weights("global.places"))
                .run();
        int query = patches.at(Scene.Ball.GREEN.place(Studio.STILL));
        return Panels.inColumns(2)
                .with("local places", places(studio, out.get("p").toFloats(), Optional.empty()))
                .with("local channels", shares(List.of("share"), out.get("c").toFloats()))
                .with("global places", places(studio, out.get("gp").toFloats(), Optional.of(query)))
                .with("global channels", channelMatrix(out.get("gc")))
                .draw();
    }

    private static RgbImage eagle(Studio studio) {
        PatchTokens fine = PatchTokens.of(studio.photo(), 4);
        float[] notice = new float[6 * 3 * 9]; // unit 0 of 6: red minus green and blue, the mean of 3x3
        for (int i = 0; i < 27; i++) {
            notice[i] = (i < 9 ? 1f : -0.5f) / 9;
        }
        Sketch sketch = studio.sketch()
                .weight("in.weight", notice)
                .weight("out.weight", 20, 0, 0, 0, 0, 0)
                .weight("out.bias", -4)
                .weight("half.weight", Weights.blur(3, 4));
        Block half = (scope, x) -> new ConvLayer(3, 4, ConvWindow.of(2, 1), false).build(scope.child("half"), x);
        AttentionOutput read =
                new EagleBackbones(List.of(half, half, half)).build(sketch.scope(), sketch.given(fine.image()));
        Value seen = sketch.given(fine.image()).multiply(read.weights("gate.0"));
        sketch.show("seen", seen);
        for (int i = 0; i < 3; i++) {
            sketch.show("gate" + i, read.weights("gate." + i));
        }
        Map<String, Tensor> out = sketch.run();
        Panels panels = Panels.inColumns(2);
        for (int i = 0; i < 3; i++) {
            Tensor gate = out.get("gate" + i);
            HeatMap map = HeatMap.of(
                            gate.reshape(gate.shape().dim(2), gate.shape().dim(3)))
                    .withSharpCells();
            panels = panels.with("gate " + (i + 1), map.bar().beside(map.drawOn(studio.photo())));
        }
        return panels.with("what the second backbone sees", Enlarged.of(out.get("seen")))
                .draw();
    }
}
