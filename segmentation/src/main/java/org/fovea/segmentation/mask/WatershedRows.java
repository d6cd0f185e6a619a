package org.fovea.segmentation.mask;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.segmentation.instance.StreamingWatershed;
import org.fovea.segmentation.instance.Watershed;

/** The objects of {@link WatershedDecoder}, row by row. */
final class WatershedRows implements RowDecoder {
    private final List<String> labels;
    private final int width;
    private final int classes;
    private final StreamingWatershed watershed;
    private final SegmentStatistics segments = new SegmentStatistics();
    private final SegmentStatistics objects = new SegmentStatistics();
    private char[] classOf = new char[64];

    WatershedRows(Watershed rules, ScoreGrid grid, List<String> labels, RowLabeler.Rows out) {
        if (!grid.isOfPixels()) {
            throw new IllegalStateException(
                    "WatershedDecoder: to tell objects apart in parts the model must give numbers to"
                            + " each pixel, got a grid of " + grid.rows() + " x " + grid.columns() + " over "
                            + grid.height()
                            + " x " + grid.width() + "; give the image whole");
        }
        this.labels = labels;
        this.width = grid.width();
        this.classes = grid.outputs() - 1;
        float[] sure = new float[width];
        this.watershed = new StreamingWatershed(rules, width, classes - 1, (y, ids, rowClasses, probabilities) -> {
            for (int x = 0; x < width; x++) {
                sure[x] = ids[x] == 0 ? 1 - probabilities[x] : probabilities[x];
                note(ids[x], rowClasses[x]);
            }
            objects.add(y, ids, probabilities);
            segments.add(y, rowClasses, sure);
            out.row(y, rowClasses, sure);
        });
    }

    private void note(int id, char classIndex) {
        if (id >= classOf.length) {
            classOf = Arrays.copyOf(classOf, Math.max(id + 1, 2 * classOf.length));
        }
        classOf[id] = classIndex;
    }

    @Override
    public void add(float[] places) {
        float[][] logits = new float[classes][];
        for (int k = 0; k < classes; k++) {
            logits[k] = Arrays.copyOfRange(places, k * width, (k + 1) * width);
        }
        float[] depth = Arrays.copyOfRange(places, classes * width, (classes + 1) * width);
        char[] likeliest = new char[width];
        for (int x = 0; x < width; x++) {
            likeliest[x] = (char) WatershedDecoder.likeliest(logits, x);
        }
        watershed.add(WatershedDecoder.foreground(logits), WatershedDecoder.shares(depth), likeliest);
    }

    @Override
    public SegmentedRows end() {
        watershed.end();
        return new SegmentedRows(
                segments.classes(labels), Optional.of(objects.objects(id -> (int) classOf[id], labels)));
    }
}
