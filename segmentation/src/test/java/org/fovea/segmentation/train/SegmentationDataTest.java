package org.fovea.segmentation.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.fovea.core.data.DataSetException;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationDataTest {
    @TempDir
    Path folder;

    private void image(String name) throws IOException {
        RgbImage.of(3, 4, new byte[36]).writePng(folder.resolve(name));
    }

    /** A polygon of two columns, run lengths as numbers, and a crowd's as text: 5 zeros, 1 one, 6 zeros. */
    @Test
    void cocoObjectsHaveTheirPixels() throws IOException {
        image("a.png");
        Path file = Files.writeString(folder.resolve("coco.json"), """
                {"images": [{"id": 7, "file_name": "a.png"}],
                 "categories": [{"id": 9, "name": "nucleus"}, {"id": 3, "name": "cell"}],
                 "annotations": [
                  {"id": 1, "image_id": 7, "category_id": 3, "segmentation": [[2, 0, 4, 0, 4, 2, 2, 2]]},
                  {"id": 2, "image_id": 7, "category_id": 9, "segmentation": {"size": [3, 4], "counts": [0, 2, 10]}},
                  {"id": 3, "image_id": 7, "category_id": 9, "iscrowd": 1,
                   "segmentation": {"size": [3, 4], "counts": "516"}}]}
                """);
        try (SegmentationData data = SegmentationData.open(file)) {
            assertEquals(List.of("background", "cell", "nucleus"), data.labels().orElseThrow());
            SegmentationSample sample = data.samples(SegmentationData.UNDIVIDED).get(0);
            LabelMask classes = sample.classes();
            LabelMask ids = sample.instances().orElseThrow();
            assertEquals(1, classes.label(0, 2));
            assertEquals(1, classes.label(1, 3));
            assertEquals(0, classes.label(2, 3));
            assertEquals(2, classes.label(1, 0));
            assertEquals(2, ids.label(0, 0));
            assertEquals(1, ids.label(0, 3));
            assertEquals(SegmentationSample.IGNORED, classes.label(2, 1));
            assertEquals(0, ids.label(2, 1));
        }
    }

    @Test
    void aManifestNamesItsFiles() throws IOException {
        image("a.png");
        Files.write(folder.resolve("m.png"), LabelFiles.encode(LabelMask.of(3, 4, new int[12])));
        Path file = Files.writeString(folder.resolve("list.csv"), "image,instances,split\na.png,m.png,val\n");
        try (SegmentationData data = SegmentationData.open(file)) {
            assertEquals(Set.of("val"), data.splits());
            assertTrue(data.samples("val").get(0).instances().isPresent());
        }
    }

    @Test
    void wrongFilesAreRefused() throws IOException {
        assertRefused("list.csv", "path,label\n", "must name the columns image, mask or instances");
        assertRefused("list.csv", "image,mask\na,b,c\n", "line 2: must have 2 fields");
        assertRefused("x.json", "{\"images\": []}", "must hold images and 1 to 254 categories, got 0 and 0");
        assertRefused("x.json", "{", "must be JSON in COCO's form");
        image("a.png");
        Path file = Files.writeString(folder.resolve("runs.json"), """
                {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 1, "name": "x"}],
                 "annotations": [{"id": 5, "image_id": 1, "category_id": 1,
                  "segmentation": {"size": [3, 4], "counts": [5, 9]}}]}
                """);
        try (SegmentationData data = SegmentationData.open(file)) {
            String text = assertThrows(DataSetException.class, () -> data.samples(SegmentationData.UNDIVIDED))
                    .getMessage();
            assertTrue(text.contains("annotation 5: its run lengths must be the image's 12 pixels"), text);
        }
    }

    private void assertRefused(String name, String content, String part) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        String text = assertThrows(DataSetException.class, () -> SegmentationData.open(file))
                .getMessage();
        assertTrue(text.contains(part), text);
    }
}
