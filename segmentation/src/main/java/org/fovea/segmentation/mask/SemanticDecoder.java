package org.fovea.segmentation.mask;

import java.util.List;
import java.util.Optional;
import org.fovea.core.image.LabelMask;

/** Decoder of classes: that of a pixel is the one of the largest output, bilinear between the places of the grid. */
public record SemanticDecoder() implements ScoreDecoder {
    @Override
    public boolean isLargestOutput() {
        return true;
    }

    @Override
    public Segmentation decode(ScoreMap scores, List<String> labels, int height, int width) {
        char[] all = new char[Math.multiplyExact(height, width)];
        SegmentStatistics statistics = new SegmentStatistics();
        RowLabeler labeler =
                new RowLabeler(scores.outputs(), scores.rows(), scores.columns(), scores.geometry(), height, width);
        float[] row = new float[scores.outputs() * scores.columns()];
        for (int r = 0; r < scores.rows(); r++) {
            scores.copyRow(r, row);
            labeler.add(row, (y, rowLabels, rowScores) -> {
                System.arraycopy(rowLabels, 0, all, y * width, width);
                statistics.add(y, rowLabels, rowScores);
            });
        }
        return new Segmentation(LabelMask.of(height, width, all), labels, statistics.classes(labels), Optional.empty());
    }
}
