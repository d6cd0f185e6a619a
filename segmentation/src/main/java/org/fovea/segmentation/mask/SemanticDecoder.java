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
        ScoreGrid grid =
                new ScoreGrid(scores.outputs(), scores.rows(), scores.columns(), scores.geometry(), height, width);
        RowDecoder decoder = byRows(
                grid, labels, (y, rowLabels, rowScores) -> System.arraycopy(rowLabels, 0, all, y * width, width));
        float[] row = new float[scores.outputs() * scores.columns()];
        for (int r = 0; r < scores.rows(); r++) {
            scores.copyRow(r, row);
            decoder.add(row);
        }
        List<Segment> segments = decoder.end().segments();
        return new Segmentation(LabelMask.of(height, width, all), labels, segments, Optional.empty());
    }

    @Override
    public RowDecoder byRows(ScoreGrid grid, List<String> labels, RowLabeler.Rows out) {
        SegmentStatistics statistics = new SegmentStatistics();
        RowLabeler labeler = new RowLabeler(
                grid.outputs(), grid.rows(), grid.columns(), grid.geometry(), grid.height(), grid.width());
        return new RowDecoder() {
            @Override
            public void add(float[] places) {
                labeler.add(places, (y, rowLabels, scores) -> {
                    statistics.add(y, rowLabels, scores);
                    out.row(y, rowLabels, scores);
                });
            }

            @Override
            public SegmentedRows end() {
                return new SegmentedRows(statistics.classes(labels), Optional.empty());
            }
        };
    }
}
