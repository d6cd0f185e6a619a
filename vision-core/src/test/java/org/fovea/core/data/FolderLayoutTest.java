package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FolderLayoutTest {
    /** Paths without files. */
    private record Names(List<String> paths) implements FileTree {
        @Override
        public byte[] read(String path) {
            return new byte[0];
        }

        @Override
        public void close() {}
    }

    private static Map<String, ImageDataset> read(List<String> paths) {
        return FolderLayout.read("names", new Names(paths.stream().sorted().toList()));
    }

    @Test
    void readFindsEverySuffixThatTheDecoderReads() {
        List<String> paths =
                List.of("train/cat/a.jpe", "train/cat/b.JFIF", "train/cat/c.dib", "train/dog/d.pbm", "train/dog/e.jpg");
        assertEquals(5, read(paths).get("train").size());
    }

    /** With a search of all classes for each image this took 10 s and more. */
    @Test
    void readingAndDividingManyClassesTakesTimeInProportionToTheImages() {
        int classes = 50_000;
        List<String> paths = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            paths.add("class" + k + "/a.png");
            paths.add("class" + k + "/b.png");
        }
        ImageDataset all =
                assertTimeout(Duration.ofSeconds(4), () -> read(paths)).get(DataSplits.UNDIVIDED);
        List<ImageDataset> parts =
                assertTimeout(Duration.ofSeconds(4), () -> Division.stratified(all, 0.5, 1, "rest", "part"));
        assertEquals(classes, parts.get(0).size());
        assertEquals(classes, parts.get(1).size());
        assertEquals("class10/a.png", all.samples().get(4).name());
        assertEquals("class10", all.classNames().get(all.samples().get(4).label()));
    }
}
