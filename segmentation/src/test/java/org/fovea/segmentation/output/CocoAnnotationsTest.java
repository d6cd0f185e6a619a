package org.fovea.segmentation.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fovea.core.image.LabelMask;
import org.fovea.segmentation.mask.SegmentStatistics;
import org.fovea.segmentation.mask.Segmentation;
import org.junit.jupiter.api.Test;

class CocoAnnotationsTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static Segmentation segmentation(LabelMask mask) {
        SegmentStatistics statistics = new SegmentStatistics();
        char[] row = new char[mask.width()];
        for (int y = 0; y < mask.height(); y++) {
            mask.copyRow(y, row);
            statistics.add(y, row, new float[mask.width()]);
        }
        return new Segmentation(mask, NAMES, statistics.classes(NAMES), Optional.empty());
    }

    @Test
    void runLengthsGiveTheMaskBack() throws IOException {
        Random random = new Random(5);
        for (int trial = 0; trial < 20; trial++) {
            int height = 1 + random.nextInt(40);
            int width = 1 + random.nextInt(40);
            char[] labels = new char[height * width];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = (char) (i == 0 || random.nextInt(4) == 0 ? random.nextInt(3) : labels[i - 1]);
            }
            Segmentation result = segmentation(LabelMask.of(height, width, labels));
            JsonNode json = new ObjectMapper().readTree(CocoAnnotations.of("x.png", result, List.of(0, 1, 2)));
            boolean[] seen = new boolean[labels.length];
            for (JsonNode annotation : json.get("annotations")) {
                boolean[] mask = decode(annotation.at("/segmentation/counts").asText(), height, width);
                int label = annotation.get("category_id").asInt();
                for (int i = 0; i < labels.length; i++) {
                    assertEquals(labels[i] == label, mask[i], "pixel " + i);
                    seen[i] |= mask[i];
                }
            }
            boolean[] all = new boolean[labels.length];
            Arrays.fill(all, true);
            assertArrayEquals(all, seen);
        }
    }

    /** The reference's rleFrString and rleDecode, as the format is described. */
    private static boolean[] decode(String counts, int height, int width) {
        boolean[] out = new boolean[height * width];
        List<Long> runs = new ArrayList<>();
        int at = 0;
        while (at < counts.length()) {
            long value = 0;
            int shift = 0;
            int group;
            do {
                group = counts.charAt(at++) - 48;
                value |= (long) (group & 31) << shift;
                shift += 5;
            } while ((group & 32) != 0);
            if ((group & 16) != 0) {
                value |= -1L << shift;
            }
            runs.add(runs.size() > 2 ? value + runs.get(runs.size() - 2) : value);
        }
        int place = 0;
        boolean inside = false;
        for (long run : runs) {
            for (long i = 0; i < run; i++, place++) {
                out[place % height * width + place / height] = inside;
            }
            inside = !inside;
        }
        assertEquals(height * width, place);
        return out;
    }

    @Test
    void onlyWantedClassesAreWritten() throws IOException {
        Segmentation result = segmentation(LabelMask.of(1, 3, new char[] {0, 1, 2}));
        JsonNode json = new ObjectMapper().readTree(CocoAnnotations.of("x.png", result, List.of(1)));
        assertEquals(1, json.get("annotations").size());
        JsonNode one = json.at("/annotations/0");
        assertEquals(1, one.get("category_id").asInt());
        assertEquals("[1,0,1,1]", one.get("bbox").toString());
        assertEquals("111", one.at("/segmentation/counts").asText()); // one outside, one inside, one outside
        assertEquals(3, json.get("categories").size());
    }
}
