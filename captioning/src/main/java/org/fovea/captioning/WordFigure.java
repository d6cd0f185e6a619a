package org.fovea.captioning;

import java.util.List;
import java.util.function.IntFunction;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;
import org.fovea.core.view.ScaledPhotograph;

/**
 * A figure of a caption: the photograph, then once for each word with the word's map and the word above it.
 *
 * @see <a href="https://arxiv.org/abs/1502.03044">Xu et al. 2015, figure 2</a>
 */
record WordFigure(ScaledPhotograph scaled) {
    private static final int COLUMNS = 5;

    static WordFigure of(RgbImage image, InputGeometry seen) {
        return new WordFigure(ScaledPhotograph.of(image, seen));
    }

    RgbImage draw(List<CaptionWord> words, IntFunction<Tensor> maps) {
        Panels panels = Panels.evenly(COLUMNS, 1 + words.size()).with("", scaled.photograph());
        for (int word = 0; word < words.size(); word++) {
            RgbImage seen = HeatMap.of(maps.apply(word)).drawOn(scaled.photograph(), scaled.geometry());
            panels = panels.with(words.get(word).text(), seen);
        }
        return panels.draw();
    }
}
