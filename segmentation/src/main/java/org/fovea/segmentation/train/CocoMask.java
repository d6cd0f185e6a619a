package org.fovea.segmentation.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.geom.Path2D;
import java.util.Arrays;
import org.fovea.core.data.DataSetException;

/** The pixels of one of COCO's objects: polygons, or run lengths down the columns, as numbers or as COCO's text. */
final class CocoMask {
    private static final int LEAST_NUMBERS = 6; // a polygon has at least three corners

    private CocoMask() {}

    /**
     * Pixels of an object, row by row.
     *
     * @param source name of the object in errors
     * @param segmentation polygons {@code [[x, y, x, y, …], …]} or {@code {"size": [height, width], "counts": …}}
     */
    static boolean[] of(String source, JsonNode segmentation, int height, int width) {
        if (segmentation.isArray()) {
            return polygons(source, segmentation, height, width);
        }
        if (segmentation.path("size").path(0).asInt() != height
                || segmentation.path("size").path(1).asInt() != width) {
            throw new DataSetException(source + ": its mask must have the image's size " + height + " x " + width
                    + ", got " + segmentation.path("size"));
        }
        JsonNode counts = segmentation.path("counts");
        int[] runs = counts.isTextual() ? runs(source, counts.asText(), height * width) : numbers(counts);
        return columns(source, runs, height, width);
    }

    /** Marks the pixels whose centers lie in a polygon. */
    private static boolean[] polygons(String source, JsonNode all, int height, int width) {
        boolean[] out = new boolean[height * width];
        for (JsonNode polygon : all) {
            if (polygon.size() < LEAST_NUMBERS || polygon.size() % 2 != 0) {
                throw new DataSetException(source + ": a polygon must have x and y of three corners or more, got "
                        + polygon.size() + " numbers");
            }
            Path2D.Double path = new Path2D.Double();
            path.moveTo(polygon.get(0).asDouble(), polygon.get(1).asDouble());
            for (int i = 2; i < polygon.size(); i += 2) {
                path.lineTo(polygon.get(i).asDouble(), polygon.get(i + 1).asDouble());
            }
            path.closePath();
            var box = path.getBounds();
            for (int y = Math.max(0, box.y); y < Math.min(height, box.y + box.height + 1); y++) {
                for (int x = Math.max(0, box.x); x < Math.min(width, box.x + box.width + 1); x++) {
                    out[y * width + x] |= path.contains(x + 0.5, y + 0.5);
                }
            }
        }
        return out;
    }

    private static int[] numbers(JsonNode counts) {
        int[] out = new int[counts.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = counts.get(i).asInt(-1);
        }
        return out;
    }

    /**
     * Decodes COCO's text format of run lengths: five bits a character from '0' on, the sixth bit set if more follow; from the
     * third run on, a run is the difference to the run two before.
     */
    private static int[] runs(String source, String text, int most) {
        int[] out = new int[Math.min(text.length(), most + 1)];
        int count = 0;
        for (int at = 0; at < text.length(); ) {
            long value = 0;
            int shift = 0;
            int bits;
            do {
                bits = at < text.length() ? text.charAt(at++) - '0' : -1;
                if (bits < 0 || bits > 63 || shift > 30 || count == out.length) {
                    throw new DataSetException(source + ": its counts must be COCO's run lengths, got '" + text + "'");
                }
                value |= (long) (bits & 31) << shift;
                shift += 5;
            } while ((bits & 32) != 0);
            if ((bits & 16) != 0) {
                value |= -1L << shift;
            }
            out[count] = (int) (value + (count > 2 ? out[count - 2] : 0));
            count++;
        }
        return Arrays.copyOf(out, count);
    }

    private static boolean[] columns(String source, int[] runs, int height, int width) {
        boolean[] out = new boolean[height * width];
        long at = 0;
        for (int i = 0; i < runs.length; i++) {
            if (runs[i] < 0 || at + runs[i] > out.length) {
                throw new DataSetException(source + ": its run lengths must be the image's " + out.length
                        + " pixels together, got more, or one below 0");
            }
            for (long end = at + runs[i]; at < end; at++) {
                out[(int) (at % height * width + at / height)] = i % 2 == 1;
            }
        }
        if (at != out.length) {
            throw new DataSetException(
                    source + ": its run lengths must be the image's " + out.length + " pixels together, got " + at);
        }
        return out;
    }
}
