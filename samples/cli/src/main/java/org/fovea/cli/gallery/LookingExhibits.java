package org.fovea.cli.gallery;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.core.attention.CaptionAttention;
import org.fovea.core.attention.HardAttention;
import org.fovea.core.attention.StackedAttention;
import org.fovea.core.attention.VectorMemory;
import org.fovea.core.graph.Value;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/** Words that look at an image: captions and questions. */
final class LookingExhibits {
    private static final int LOOKS = Looks.values().length;
    private static final double GAIN = 2.2;
    private static final double SHARPNESS = 12; // scale of dot products

    private LookingExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "caption",
                        "Soft attention writes a caption",
                        "Before each word the caption's decoder looks at the places of the image, and a gate β decides how much"
                                + " of what it saw the word needs. Words that name something look at it, their gate open; \"and\""
                                + " looks everywhere and its gate is shut.",
                        List.of(Paper.arxiv("Xu et al. 2015", "1502.03044")),
                        List.of(CaptionAttention.class),
                        LookingExhibits::caption),
                new Exhibit(
                        "hard",
                        "Hard attention looks at one place",
                        "Instead of the mean over all places one is drawn by chance, as likely as its weight, and learning estimates"
                                + " the derivative from such draws. The word \"red\": left the weights, right 24 draws from them.",
                        List.of(Paper.arxiv("Xu et al. 2015, section 4.1", "1502.03044")),
                        List.of(HardAttention.class),
                        LookingExhibits::hard),
                new Exhibit(
                        "stacked",
                        "Stacked attention answers a question",
                        "The question looks at the image, what it saw is added to it, and the refined question looks again. Asked for"
                                + " something blue or green that is rather blue, the first look takes in both and the second"
                                + " settles on one.",
                        List.of(Paper.arxiv("Yang et al. 2016", "1511.02274")),
                        List.of(StackedAttention.class),
                        LookingExhibits::stacked),
                new Exhibit(
                        "vector-memory",
                        "A memory network reads the places of an image",
                        "Every place is kept as a memory, and the question is answered by reading them hop by hop, each hop's outputs"
                                + " being the memories of the next. Asked as above, the first hop takes in blue and green and the"
                                + " second, its question changed by what it read, blue alone.",
                        List.of(Paper.arxiv("Sukhbaatar et al. 2015, section 2", "1503.08895")),
                        List.of(VectorMemory.class),
                        LookingExhibits::vectorMemory));
    }

    private static float[] asking(Looks look) {
        float[] out = new float[LOOKS];
        out[look.ordinal()] = 1;
        return out;
    }

    private static RgbImage caption(Studio studio) {
        PatchTokens patches = studio.patches();
        List<String> words = List.of("red", "blue", "and", "yellow", "on the floor", "under the sky");
        float[][] queries = {
            asking(Looks.RED),
            asking(Looks.BLUE),
            new float[LOOKS],
            asking(Looks.YELLOW),
            asking(Looks.FLOOR),
            asking(Looks.SKY)
        };
        Sketch sketch = Weights.common(studio.sketch(), LOOKS, LOOKS, GAIN)
                .weight("gate.weight", Weights.all(LOOKS, 6))
                .weight("gate.bias", -3);
        AttentionOutput read = new CaptionAttention(LOOKS)
                .build(
                        sketch.scope(),
                        sketch.given(Weights.joined(queries), 1, words.size(), LOOKS),
                        sketch.given(patches.looks(), 1, patches.count(), LOOKS));
        Map<String, Tensor> out = sketch.show("weights", read.weights())
                .show("gates", read.values().sum(false, 2)) // the kinds of a patch sum to 1, so z sums to β
                .run();
        float[] weights = out.get("weights").toFloats();
        float[] gates = out.get("gates").toFloats();
        Panels panels = Panels.inColumns(3);
        for (int i = 0; i < words.size(); i++) {
            String title = String.format(Locale.ROOT, "“%s”, gate β = %.2f", words.get(i), gates[i]);
            Tensor grid = patches.grid(weights, i * patches.count());
            panels = panels.with(title, PatchExhibits.map(studio.photo(), patches, grid, Optional.empty()));
        }
        return panels.draw();
    }

    private static RgbImage hard(Studio studio) {
        PatchTokens patches = studio.patches();
        int draws = 24;
        float[] queries = new float[draws * LOOKS];
        for (int i = 0; i < draws; i++) {
            queries[i * LOOKS + Looks.RED.ordinal()] = 1;
        }
        SplittableRandom random = new SplittableRandom(7);
        float[] gumbel = new float[draws * patches.count()];
        for (int i = 0; i < gumbel.length; i++) {
            gumbel[i] = (float) -Math.log(-Math.log(random.nextDouble(1e-12, 1)));
        }
        Sketch sketch = Weights.common(studio.sketch(), LOOKS, LOOKS, GAIN);
        HardAttention.Result read = new HardAttention(LOOKS)
                .build(
                        sketch.scope(),
                        sketch.given(queries, 1, draws, LOOKS),
                        sketch.given(patches.looks(), 1, patches.count(), LOOKS),
                        sketch.given(gumbel, 1, draws, patches.count()));
        Map<String, Tensor> out = sketch.show("weights", read.weights())
                .show("choices", read.choices())
                .run();
        float[] choices = out.get("choices").toFloats();
        HeatMap drawn = HeatMap.of(new float[patches.rows()][patches.columns()]).withOpacity(0);
        for (int i = 0; i < choices.length; i++) {
            if (choices[i] > 0) {
                int place = i % patches.count();
                drawn = drawn.withMark(place / patches.columns(), place % patches.columns(), 1, 1);
            }
        }
        Tensor grid = patches.grid(out.get("weights").toFloats(), 0);
        return Panels.inColumns(2)
                .with("“red”: weights", PatchExhibits.map(studio.photo(), patches, grid, Optional.empty()))
                .with("24 places drawn", drawn.drawOn(studio.photo()))
                .draw();
    }

    /** Query for something blue or green, more for blue. */
    private static float[] ratherBlue() {
        float[] question = new float[LOOKS];
        question[Looks.BLUE.ordinal()] = 0.5f;
        question[Looks.GREEN.ordinal()] = 0.44f;
        return question;
    }

    private static RgbImage stacked(Studio studio) {
        PatchTokens patches = studio.patches();
        Sketch sketch = Weights.common(studio.sketch(), LOOKS, LOOKS, 2 * GAIN);
        AttentionOutput read = new StackedAttention(LOOKS, 2)
                .build(
                        sketch.scope(),
                        sketch.given(patches.looks(), 1, patches.count(), LOOKS),
                        sketch.given(ratherBlue(), 1, LOOKS));
        return twoLooks(studio, sketch, "look", read.weights("layers.0"), read.weights("layers.1"));
    }

    private static RgbImage vectorMemory(Studio studio) {
        PatchTokens patches = studio.patches();
        Sketch sketch = studio.sketch();
        for (int i = 0; i <= 2; i++) {
            sketch.weight("memories." + i + ".weight", Weights.identity(LOOKS, LOOKS, SHARPNESS));
        }
        AttentionOutput read = new VectorMemory(LOOKS, 2)
                .build(
                        sketch.scope(),
                        sketch.given(patches.looks(), 1, patches.count(), LOOKS),
                        sketch.given(ratherBlue(), 1, LOOKS));
        return twoLooks(studio, sketch, "hop", read.weights("hops.0"), read.weights("hops.1"));
    }

    private static RgbImage twoLooks(Studio studio, Sketch sketch, String name, Value first, Value second) {
        PatchTokens patches = studio.patches();
        Map<String, Tensor> out =
                sketch.show("first", first).show("second", second).run();
        Panels panels = Panels.inColumns(2);
        for (String look : List.of("first", "second")) {
            Tensor grid = patches.grid(out.get(look).toFloats(), 0);
            panels = panels.with(look + " " + name, PatchExhibits.map(studio.photo(), patches, grid, Optional.empty()));
        }
        return panels.draw();
    }
}
