package org.fovea.server.task.segment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.image.LabelMask;
import org.fovea.segmentation.BinaryMask;
import org.fovea.segmentation.PredictedMask;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.output.LabelPng;
import org.fovea.segmentation.output.LabelRows;

/** Regions as JSON, each with a picture of its own. */
final class MaskJson {
    private static final char INSIDE = 255;

    private MaskJson() {}

    /** JSON of the objects, or of the classes if the model does not separate objects. */
    static List<Object> of(Segmentation result) {
        LabelMask ids = result.instances().map(Instances::ids).orElse(result.classes());
        return result.objects().stream()
                .<Object>map(each -> entry(each.label(), each.score(), png(ids, each)))
                .toList();
    }

    /** JSON of the masks of prompts. */
    static List<Object> of(List<PredictedMask> masks, String label) {
        return masks.stream()
                .<Object>map(each -> entry(label, each.predictedIou(), png(each.mask())))
                .toList();
    }

    /** Gray picture with the class index of each pixel. */
    static String ofClasses(Segmentation result) {
        LabelMask classes = result.classes();
        int largest = Math.min(Character.MAX_VALUE, result.labels().size() - 1);
        return png(classes.height(), classes.width(), largest, classes::copyRow);
    }

    private static Map<String, Object> entry(String label, double score, String mask) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("label", label);
        out.put("score", score);
        out.put("mask", mask);
        return out;
    }

    private static String png(LabelMask ids, Segment region) {
        char[] labels = new char[ids.width()];
        return png(ids.height(), ids.width(), INSIDE, (y, row) -> {
            Arrays.fill(row, (char) 0);
            if (y >= region.top() && y < region.bottom()) {
                ids.copyRow(y, labels);
                for (int x = region.left(); x < region.right(); x++) {
                    row[x] = labels[x] == region.id() ? INSIDE : 0;
                }
            }
        });
    }

    private static String png(BinaryMask mask) {
        return png(mask.height(), mask.width(), INSIDE, (y, row) -> {
            for (int x = 0; x < row.length; x++) {
                row[x] = mask.contains(x, y) ? INSIDE : 0;
            }
        });
    }

    /** Fills a row of a picture. */
    interface Rows {
        void fill(int y, char... row);
    }

    private static String png(int height, int width, int largest, Rows rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LabelRows png = LabelPng.gray(out, height, width, largest)) {
            char[] row = new char[width];
            for (int y = 0; y < height; y++) {
                rows.fill(y, row);
                png.row(row);
            }
            png.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: nothing is written to a file
        }
        return base64(out.toByteArray());
    }

    static String base64(byte[] file) {
        return Base64.getEncoder().encodeToString(file);
    }
}
