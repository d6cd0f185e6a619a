package org.fovea.studies.papers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four papers of two topics, two to choose by and two to test. */
class BestEpochTest {
    private static final float[] RIGHT = {1, 0, 0, 1};
    private static final float[] HALF = {1, 0, 1, 0};

    @TempDir
    Path folder;

    @Test
    void lookKeepsTheLowestLossAndTheBestInBoth() throws IOException {
        BestEpoch best = new BestEpoch(papers());
        best.look(0, 2, logits(HALF, HALF));
        best.look(1, 1, logits(RIGHT, HALF)); // best in both
        best.look(2, 0.5, logits(HALF, RIGHT)); // lower loss, lower accuracy
        best.look(3, 0.75, logits(RIGHT, RIGHT)); // as accurate as ever
        assertEquals(0, best.waiting());
        best.look(4, 0.75, logits(HALF, HALF));
        best.look(5, Double.NaN, logits(HALF, HALF));
        assertEquals(2, best.waiting());
        assertEquals(new BestEpoch.Score(2, 0.5, 0.5, 1), best.lowest());
        assertEquals(new BestEpoch.Score(1, 1, 1, 0.5), best.both());
    }

    private static Tensor logits(float[] validation, float[] test) {
        float[] all = new float[validation.length + test.length];
        System.arraycopy(validation, 0, all, 0, validation.length);
        System.arraycopy(test, 0, all, validation.length, test.length);
        return Tensor.of(all, 1, all.length / 2, 2);
    }

    private CitationGraph papers() throws IOException {
        Path file = folder.resolve("papers.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            write(zip, "papers.csv", "paper,topic,split\n0,0,val\n1,1,val\n2,0,test\n3,1,test\n");
            write(zip, "words.csv", "paper,word\n0,0\n1,1\n2,0\n3,1\n");
            write(zip, "edges.csv", "a,b\n0,2\n");
        }
        return CitationGraph.read(file);
    }

    private static void write(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
