package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeImages() throws IOException {
        TestImages.write(directory.resolve("a.png"), 1);
        TestImages.write(directory.resolve("b, c.png"), 2);
        TestImages.write(directory.resolve("d.png"), 3);
    }

    private DataSplits open(String name, String text) throws IOException {
        return DataSplits.open(Files.writeString(directory.resolve(name), text));
    }

    private void assertError(String expected, String name, String text) {
        DataSetException e = assertThrows(DataSetException.class, () -> open(name, text));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void csvGivesNamesAndSplits() throws IOException {
        DataSplits splits =
                open("list.csv", "label,path,split\ndog,a.png,train\n\"cat\",\"b, c.png\",train\ncat,d.png,val\n");
        assertEquals(List.of("cat", "dog"), splits.classNames());
        assertArrayEquals(new int[] {1, 1}, splits.get("train").counts());
        assertEquals("b, c.png", splits.get("train").samples().get(1).name());
        assertArrayEquals(
                Files.readAllBytes(directory.resolve("d.png")),
                splits.get("val").samples().get(0).source().read());
    }

    @Test
    void jsonLinesGiveIndicesOfClassesFile() throws IOException {
        Files.writeString(directory.resolve("classes.txt"), "zebra\nant\n");
        DataSplits splits = open("list.jsonl", "{\"path\":\"a.png\",\"label\":1}\n{\"path\":\"d.png\",\"label\":0}\n");
        assertEquals(List.of("zebra", "ant"), splits.classNames());
        assertEquals(1, splits.get(DataSplits.UNDIVIDED).samples().get(0).label());
    }

    @Test
    void labelOutOfRangeIsAnError() throws IOException {
        assertError("label 7 among 2 images", "list.csv", "path,label\na.png,0\nd.png,7\n");
        assertError("got -1", "list.csv", "path,label\na.png,0\nd.png,-1\n");
        Files.writeString(directory.resolve("classes.txt"), "cat\ndog\n");
        assertError(
                "list.csv, line 3: label must be one of the 2 classes or lie in [0, 1], got 2",
                "list.csv",
                "path,label\na.png,0\nd.png,2\n");
        assertError("got bird", "list.csv", "path,label\na.png,bird\n");
    }

    @Test
    void duplicatesAndMissingImagesAreErrors() {
        assertError(
                "line 3: an image must be listed once, got ./a.png in line 2 too",
                "list.csv",
                "path,label\na.png,x\n./a.png,y\n");
        assertError("1 missing, such as [gone.png]", "list.csv", "path,label\na.png,x\ngone.png,y\n");
    }

    @Test
    void malformedLinesAreErrors() {
        assertError("must name the columns", "list.csv", "");
        assertError("got [a.png, 0]", "list.csv", "a.png,0\n");
        assertError("line 2: must have 2 fields as the first line has, got 3", "list.csv", "path,label\na,b,c\n");
        assertError("line 2: quotes must be closed", "list.csv", "path,label\n\"a,b\n");
        assertError("line 2: must give a path and a label", "list.csv", "path,label\na.png,\n");
        assertError("at least one image", "list.csv", "path,label\n");
        assertError("line 1: must be valid JSON", "list.jsonl", "{\"path\":\n");
        assertError("line 1: must be one JSON object", "list.jsonl", "[1]\n");
    }
}
