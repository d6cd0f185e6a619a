package org.fovea.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.metric.InstanceMatching;
import org.fovea.segmentation.metric.SemanticScores;
import org.junit.jupiter.api.Test;

/** The model that comes with the library, on an image of its held-out data. */
class ShippedSegmenterTest {
    @Test
    void nucleiAreFound() throws Exception {
        RgbImage image = ImageDecoder.create().decode(resource("image.png"), "image.png");
        LabelMask truth = LabelFiles.decode(resource("instances.png"), "instances.png");
        try (ImageSegmenter segmenter = ImageSegmenter.shipped("nuclei")) {
            Segmentation found = segmenter.segment(image);
            assertEquals(List.of("background", "nucleus"), found.labels());
            Instances objects = found.instances().orElseThrow();
            double ap = InstanceMatching.of(truth, objects.ids()).at(0.5).averagePrecision();
            assertTrue(ap >= 0.7, "average precision " + ap);
            SemanticScores pixels = new SemanticScores(2, -1);
            pixels.add(foreground(truth), found.classes());
            assertTrue(pixels.iou(1) >= 0.8, "IoU " + pixels.iou(1));
        }
    }

    private static LabelMask foreground(LabelMask truth) {
        int[] out = new int[truth.height() * truth.width()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.min(1, truth.label(i / truth.width(), i % truth.width()));
        }
        return LabelMask.of(truth.height(), truth.width(), out);
    }

    private byte[] resource(String name) throws Exception {
        return getClass().getResourceAsStream("/nuclei/" + name).readAllBytes();
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ImageSegmenter.shipped("nucleus"));
    }
}
