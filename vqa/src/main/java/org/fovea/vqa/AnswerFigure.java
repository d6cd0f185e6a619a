package org.fovea.vqa;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;
import org.fovea.core.view.ScaledPhotograph;
import org.fovea.core.view.WordBars;
import org.fovea.vqa.model.Gaze;

/** The figure of an {@link AnswerExplanation}. */
final class AnswerFigure {
    private static final int COLUMNS = 5;
    private static final int PAIRS = 8;
    private static final Color LINE = new Color(0xff, 0xd2, 0x3f);

    private final AnswerExplanation explanation;
    private final RgbImage photograph;
    private final InputGeometry geometry;

    AnswerFigure(AnswerExplanation explanation, EmbeddedImage image) {
        ScaledPhotograph scaled = ScaledPhotograph.of(image.image(), image.geometry());
        this.explanation = explanation;
        this.photograph = scaled.photograph();
        this.geometry = scaled.geometry();
    }

    RgbImage draw() {
        List<QuestionWord> words = explanation.words();
        List<Tensor> wordMaps = explanation.wordMaps();
        Answer best = explanation.answers().best();
        Panels panels = Panels.inColumns(COLUMNS)
                .with(explanation.answers().question(), photograph)
                .with(
                        "",
                        WordBars.draw(
                                words.stream().map(QuestionWord::text).toList(),
                                words.stream().map(QuestionWord::weight).toList(),
                                photograph.width()))
                .with(
                        String.format(Locale.ROOT, "%s (%.0f %%)", best.text(), 100 * best.score()),
                        seen(explanation.map()));
        for (int i = 0; i < wordMaps.size(); i++) {
            panels = panels.with(words.get(i).text(), seen(wordMaps.get(i)));
        }
        List<String> maps = explanation.maps();
        for (String name : wordMaps.isEmpty() ? maps.subList(1, maps.size()) : List.<String>of()) {
            panels = panels.with(name, seen(explanation.map(name)));
        }
        return (explanation.pairs().isEmpty() ? panels : panels.with("pairs", pairs())).draw();
    }

    private RgbImage seen(Tensor map) {
        return HeatMap.of(map).drawOn(photograph, geometry);
    }

    /** Draws the most important pairs as lines between the positions; the width shows the importance. */
    private RgbImage pairs() {
        BufferedImage picture = photograph.toBufferedImage();
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(LINE);
        double most = explanation.pairs().get(0).weight();
        for (Gaze.PlacePair pair : explanation.pairs().stream().limit(PAIRS).toList()) {
            graphics.setStroke(new BasicStroke((float) (1 + 3 * (most > 0 ? pair.weight() / most : 0))));
            graphics.draw(new Line2D.Double(x(pair.first()), y(pair.first()), x(pair.second()), y(pair.second())));
        }
        graphics.dispose();
        return RgbImage.from(picture);
    }

    private double x(int place) {
        int columns = explanation.map().shape().dim(1);
        return geometry.x((place % columns + 0.5) / columns);
    }

    private double y(int place) {
        int[] sizes = explanation.map().shape().toArray();
        return geometry.y((place / sizes[1] + 0.5) / sizes[0]);
    }
}
