package org.fovea.captioning;

import java.util.List;
import java.util.function.IntFunction;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.PillowResize;
import org.fovea.core.image.Resampling;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/**
 * A figure of a caption: the photograph, then once for each word with the word's map and the word above it.
 *
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, figure 2</a>
 */
record WordFigure(RgbImage photograph, InputGeometry geometry) {
    private static final int COLUMNS = 5;
    /** The longer side of each panel: photographs are of all sizes, figures are not. */
    private static final int SIDE = 280;

    static WordFigure of(RgbImage image, InputGeometry seen) {
        double scale = (double) SIDE / Math.max(image.height(), image.width());
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        double down = (double) height / image.height();
        double across = (double) width / image.width();
        InputGeometry scaled =
                new InputGeometry(seen.left() * across, seen.top() * down, seen.right() * across, seen.bottom() * down);
        return new WordFigure(PillowResize.resize(image, height, width, Resampling.BICUBIC), scaled);
    }

    RgbImage draw(List<CaptionWord> words, IntFunction<Tensor> maps) {
        Panels panels = Panels.inColumns(columns(1 + words.size())).with("", photograph);
        for (int word = 0; word < words.size(); word++) {
            RgbImage seen = HeatMap.of(maps.apply(word)).drawOn(photograph, geometry);
            panels = panels.with(words.get(word).text(), seen);
        }
        return panels.draw();
    }

    /** Rows of equal lengths where that is possible: eight panels are two rows of four. */
    private static int columns(int panels) {
        int rows = (panels + COLUMNS - 1) / COLUMNS;
        return (panels + rows - 1) / rows;
    }
}
