package org.fovea.segmentation.mask;

import java.util.List;
import java.util.Optional;
import org.fovea.core.image.LabelMask;
import org.fovea.segmentation.instance.Watershed;

/**
 * Objects by watershed of a network's last output, the depth in an object, over its foreground. The other outputs are scores of
 * classes, the first being the background; a pixel outside every object is of the background, and an object is of the class that
 * most of its pixels are likeliest of.
 */
public record WatershedDecoder(Watershed watershed) implements ScoreDecoder {
    private static final double LARGEST_EXPONENT = 80; // e^80 is a float

    @Override
    public boolean isLargestOutput() {
        return false;
    }

    @Override
    public Segmentation decode(ScoreMap scores, List<String> labels, int height, int width) {
        int classes = scores.outputs() - 1;
        float[][] logits = new float[classes][];
        for (int k = 0; k < classes; k++) {
            logits[k] = scores.atPixels(k, height, width);
        }
        float[] foreground = foreground(logits);
        float[] depth = shares(scores.atPixels(classes, height, width));
        LabelMask ids = watershed.objects(foreground, depth, height, width);
        int[] classOf = classOf(ids, logits);
        return segmentation(ids, classOf, foreground, labels);
    }

    @Override
    public RowDecoder byRows(ScoreGrid grid, List<String> labels, RowLabeler.Rows out) {
        return new WatershedRows(watershed, grid, labels, out);
    }

    /** Applies the sigmoid to scores in place. */
    static float[] shares(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (1 / (1 + Math.exp(-scores[i])));
        }
        return scores;
    }

    /** Most likely class of a pixel other than the background. */
    static int likeliest(float[][] logits, int pixel) {
        int best = 1;
        for (int k = 2; k < logits.length; k++) {
            best = logits[k][pixel] > logits[best][pixel] ? k : best;
        }
        return best;
    }

    /** Probability that a pixel does not belong to the background. */
    static float[] foreground(float[][] logits) {
        float[] out = new float[logits[0].length];
        for (int i = 0; i < out.length; i++) {
            double others = 0;
            for (int k = 1; k < logits.length; k++) {
                others += Math.exp(Math.min(LARGEST_EXPONENT, logits[k][i] - logits[0][i]));
            }
            out[i] = (float) (others / (1 + others));
        }
        return out;
    }

    /** Class of each object, by the object's number. */
    private static int[] classOf(LabelMask ids, float[][] logits) {
        int largest = 0;
        for (int i = 0; i < logits[0].length; i++) {
            largest = Math.max(largest, ids.label(i / ids.width(), i % ids.width()));
        }
        int[][] votes = new int[largest + 1][logits.length];
        for (int i = 0; i < logits[0].length; i++) {
            votes[ids.label(i / ids.width(), i % ids.width())][likeliest(logits, i)]++;
        }
        int[] out = new int[largest + 1];
        for (int id = 1; id <= largest; id++) {
            out[id] = 1;
            for (int k = 2; k < logits.length; k++) {
                out[id] = votes[id][k] > votes[id][out[id]] ? k : out[id];
            }
        }
        return out;
    }

    private static Segmentation segmentation(LabelMask ids, int[] classOf, float[] foreground, List<String> labels) {
        int height = ids.height();
        int width = ids.width();
        SegmentStatistics objects = new SegmentStatistics();
        SegmentStatistics classes = new SegmentStatistics();
        char[] all = new char[foreground.length];
        char[] idRow = new char[width];
        char[] classRow = new char[width];
        float[] inside = new float[width];
        float[] sure = new float[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float p = foreground[y * width + x];
                idRow[x] = (char) ids.label(y, x);
                classRow[x] = (char) classOf[idRow[x]];
                inside[x] = p;
                sure[x] = idRow[x] == 0 ? 1 - p : p;
            }
            System.arraycopy(classRow, 0, all, y * width, width);
            objects.add(y, idRow, inside);
            classes.add(y, classRow, sure);
        }
        return new Segmentation(
                LabelMask.of(height, width, all),
                labels,
                classes.classes(labels),
                Optional.of(new Instances(ids, objects.objects(id -> classOf[id], labels))));
    }
}
