package org.fovea.cli.gallery;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.LearnedPositions;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.ColorBar;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Prediction;
import org.fovea.vit.ShippedModels;
import org.fovea.vit.hub.PretrainedModel;

/** Attention of the model that comes with this version. */
final class TrainedExhibits {
    private static final String MODEL = "cifar10";
    private static final int SIDE = 240;

    private TrainedExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "trained",
                        "Convolutions, then attention: a trained model",
                        "Convolutions turn the image into tokens, attention lets the tokens talk, and a last softmax weighs them for the"
                                + " answer. Nothing is set by hand here: the small model that comes with Fovea reads two"
                                + " drawings, with what its answer rests on by attention rollout and by that last softmax.",
                        List.of(Paper.arxiv("Hassani et al. 2021, compact transformers", "2104.05704")),
                        List.of(ConvTokenizer.class, ImageClassifier.class),
                        TrainedExhibits::trained),
                new Exhibit(
                        "learned-positions",
                        "Learned positions",
                        "Instead of waves each place gets a vector that is learned with all the rest. How alike the vectors of the"
                                + " trained model are, each small map for one place of its grid of 8 x 8: it has learned which"
                                + " places are neighbors, though nobody said so.",
                        List.of(
                                Paper.arxiv("Gehring et al. 2017, section 3.1", "1705.03122"),
                                Paper.arxiv("Dosovitskiy et al. 2021, figure 7", "2010.11929")),
                        List.of(LearnedPositions.class),
                        TrainedExhibits::positions));
    }

    private static RgbImage trained(Studio studio) {
        ClassifierOptions options = ClassifierOptions.defaults().withBackend(studio.backend());
        Panels panels = Panels.inColumns(3);
        try (ImageClassifier classifier = ImageClassifier.shipped(MODEL, options)) {
            for (RgbImage image : List.of(ship(), airplane())) {
                Explanation why = classifier.explain(image);
                Prediction best = why.classification().best();
                String said = String.format(Locale.ROOT, "it says: %s, %.2f", best.label(), best.probability());
                panels = panels.with(said, image)
                        .with("rollout", onImage(image, why.rollout()))
                        .with("the last softmax", onImage(image, why.reading()));
            }
        }
        return panels.draw();
    }

    private static RgbImage onImage(RgbImage image, Tensor map) {
        HeatMap heat = HeatMap.of(map).withRange(0, PatchExhibits.largest(map));
        return heat.bar().beside(heat.drawOn(image));
    }

    private static RgbImage positions(Studio studio) {
        Tensor table;
        try (PretrainedModel model = PretrainedModel.open(ShippedModels.directory(MODEL))) {
            table = model.parameters().tensor("positions"); // [1, N, C]
        }
        int n = table.shape().dim(1);
        int width = table.shape().dim(2);
        Sketch sketch = studio.sketch().weight("positions", table.toFloats());
        float[] vectors = sketch.show(
                        "vectors",
                        new LearnedPositions(n)
                                .build(sketch.scope(), sketch.given(new float[n * width], 1, n, width), 0))
                .run()
                .get("vectors")
                .toFloats();
        int side = (int) Math.round(Math.sqrt(n));
        Panels panels = Panels.inColumns(side / 2);
        double low = 1;
        float[][][] maps = new float[side * side / 4][side][side];
        for (int m = 0; m < maps.length; m++) {
            int place = m / (side / 2) * 2 * side + m % (side / 2) * 2;
            for (int i = 0; i < n; i++) {
                maps[m][i / side][i % side] = (float) cosine(vectors, place, i, width);
                low = Math.min(low, maps[m][i / side][i % side]);
            }
        }
        BufferedImage blank = new BufferedImage(144, 144, BufferedImage.TYPE_3BYTE_BGR);
        for (int m = 0; m < maps.length; m++) {
            int row = m / (side / 2) * 2;
            int column = m % (side / 2) * 2;
            panels = panels.with(
                    "row " + (row + 1) + ", column " + (column + 1),
                    HeatMap.of(maps[m])
                            .withRange(low, 1)
                            .withOpacity(1)
                            .withSharpCells()
                            .withMark(row, column, 1, 1)
                            .drawOn(RgbImage.from(blank)));
        }
        return new ColorBar(low, 1).beside(panels.draw());
    }

    private static double cosine(float[] vectors, int a, int b, int width) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < width; i++) {
            double x = vectors[a * width + i];
            double y = vectors[b * width + i];
            product += x * y;
            first += x * x;
            second += y * y;
        }
        return product / Math.sqrt(first * second);
    }

    private static RgbImage ship() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = pen(image);
        sky(g, 150);
        g.setPaint(new GradientPaint(0, 150, new Color(0x4a6f8f), 0, SIDE, new Color(0x1d3b57)));
        g.fillRect(0, 150, SIDE, SIDE - 150);
        g.setColor(new Color(0x2b2f38));
        g.fill(new Polygon(new int[] {22, 222, 196, 46}, new int[] {128, 122, 168, 168}, 4));
        g.setColor(new Color(0xb0362c));
        g.fillRect(44, 160, 156, 8);
        g.setColor(new Color(0xe9e9e4));
        g.fillRect(70, 98, 92, 28);
        g.fillRect(92, 76, 46, 24);
        g.setColor(new Color(0xc8872e));
        g.fillRect(118, 46, 16, 32);
        g.setColor(new Color(0x2b2f38));
        g.fillRect(82, 50, 3, 50);
        return finish(g, image);
    }

    private static RgbImage airplane() {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = pen(image);
        sky(g, SIDE);
        g.setColor(new Color(0xdfe3e8));
        g.fillOval(24, 104, 190, 34);
        g.setColor(new Color(0x9aa4b0));
        g.fill(new Polygon(new int[] {104, 136, 96, 70}, new int[] {124, 124, 196, 196}, 4));
        g.fill(new Polygon(new int[] {112, 136, 112, 96}, new int[] {108, 108, 66, 66}, 4));
        g.setColor(new Color(0x3f6fae));
        g.fill(new Polygon(new int[] {34, 62, 40, 22}, new int[] {110, 108, 62, 62}, 4));
        g.setColor(new Color(0x2c3440));
        g.fillOval(188, 110, 16, 9);
        return finish(g, image);
    }

    private static Graphics2D pen(BufferedImage image) {
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        return g;
    }

    private static void sky(Graphics2D g, int height) {
        g.setPaint(new GradientPaint(0, 0, new Color(0x7fb0e0), 0, height, new Color(0xcfe2f2)));
        g.fillRect(0, 0, SIDE, height);
    }

    private static RgbImage finish(Graphics2D g, BufferedImage image) {
        g.dispose();
        return RgbImage.from(image);
    }
}
