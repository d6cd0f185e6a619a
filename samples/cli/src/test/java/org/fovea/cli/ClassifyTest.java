package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea classify} on images that are as they should be. */
class ClassifyTest {
    private static final double TOLERANCE = 1e-4;

    @TempDir
    Path folder;

    @Test
    void textAlignsProbabilitiesBestFirst() {
        Cli run = Cli.run("classify", "--model", Cli.checkpoint(), "--top", 2, Cli.photo());
        assertEquals("", run.err());
        assertEquals(
                List.of(Cli.photo().toString(), "   51.74 %  astronaut", "   19.08 %  rocket"),
                run.out().lines().toList());
        assertEquals(0, run.exitCode());
    }

    @Test
    void textShowsLogitsOnRequest() {
        Cli run = Cli.run("classify", "--model", Cli.checkpoint(), "--top", 1, "--scores", "logits", Cli.photo());
        assertEquals(
                "    0.9944  astronaut", run.out().lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void jsonHasTheReferencesLogits() {
        Cli run = Cli.run("classify", "--model", Cli.checkpoint(), "--format", "json", Cli.photo());
        JsonNode line = run.json().get(0);
        assertEquals(Cli.photo().toString(), line.get("file").asText());
        assertEquals(5, line.get("predictions").size());
        float[] expected;
        try (SafetensorsFile file = SafetensorsFile.open(Cli.checkpoint().resolve("expected.safetensors"))) {
            expected = file.tensor("logits").toFloats();
        }
        double sum = 0;
        for (JsonNode p : line.get("predictions")) {
            assertEquals(expected[p.get("index").asInt()], p.get("logit").asDouble(), TOLERANCE);
            sum += p.get("probability").asDouble();
        }
        assertEquals(1, sum, 1e-9);
        assertEquals("astronaut", line.at("/predictions/0/label").asText());
        assertEquals(0, run.exitCode());
    }

    @Test
    void csvHasARowForEachClass() throws IOException {
        Path odd = Cli.picture(folder.resolve("a, \"b\".png"), 1);
        Cli run = Cli.run(
                "classify", "--model", Cli.checkpoint(), "--format", "csv", "--top", 2, odd, folder.resolve("no"));
        List<String> lines = run.out().lines().toList();
        assertEquals("file,rank,label,index,score,error", lines.get(0));
        String quoted = '"' + odd.toString().replace("\"", "\"\"") + '"';
        assertTrue(lines.get(1).startsWith(quoted + ",1,"), lines.get(1));
        assertTrue(lines.get(2).startsWith(quoted + ",2,"), lines.get(2));
        assertEquals(folder.resolve("no") + ",,,,,there is no such file; check the path", lines.get(3));
        assertEquals(4, lines.size());
    }

    @Test
    void foldersGiveTheirImagesSorted() throws IOException {
        Path b = Cli.picture(folder.resolve("b.png"), 1);
        Path inner = Cli.picture(folder.resolve("a/z.PNG"), 2);
        Files.writeString(folder.resolve("notes.txt"), "no image");
        Cli run = Cli.run("classify", "--model", Cli.checkpoint(), "-f", "json", folder);
        assertEquals(
                List.of(inner.toString(), b.toString()),
                run.json().stream().map(line -> line.get("file").asText()).toList());
        assertEquals(0, run.exitCode());
    }

    @Test
    void batchesGiveWhatSinglesGive() throws IOException {
        for (int i = 0; i < 7; i++) {
            Cli.picture(folder.resolve(i + ".png"), i);
        }
        Files.writeString(folder.resolve("3a.png"), "no image");
        List<JsonNode> singles = Cli.run("classify", "-m", Cli.checkpoint(), "-f", "json", "-b", 1, folder)
                .json();
        List<JsonNode> batches = Cli.run("classify", "-m", Cli.checkpoint(), "-f", "json", "-b", 3, folder)
                .json();
        assertEquals(8, singles.size());
        assertEquals(8, batches.size());
        for (int i = 0; i < 8; i++) {
            assertEquals(singles.get(i).get("file"), batches.get(i).get("file"));
            assertEquals(singles.get(i).get("error"), batches.get(i).get("error"));
            assertEquals(logit(singles.get(i)), logit(batches.get(i)), TOLERANCE);
        }
        assertTrue(batches.get(4).has("error"), "the order is that of the paths");
    }

    private static double logit(JsonNode line) {
        return line.has("error") ? 0 : line.at("/predictions/0/logit").doubleValue();
    }

    @Test
    void bothBackendsAgree() {
        double oneDnn =
                logit(Cli.run("classify", "-m", Cli.checkpoint(), "-f", "json", "--backend", "onednn", Cli.photo())
                        .json()
                        .get(0));
        double nd4j = logit(Cli.run("classify", "-m", Cli.checkpoint(), "-f", "json", "--backend", "nd4j", Cli.photo())
                .json()
                .get(0));
        assertEquals(nd4j, oneDnn, TOLERANCE);
    }

    @Test
    void heatMapsGetNamesOfTheirOwn() throws IOException {
        Path one = Cli.picture(folder.resolve("in/cat.png"), 1);
        Path two = Cli.picture(folder.resolve("in/sub/CAT.png"), 2);
        Path maps = folder.resolve("out/maps");
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--heatmap", maps, one, two);
        assertEquals(0, run.exitCode(), run.err());
        try (Stream<Path> found = Files.list(maps)) {
            assertEquals(
                    List.of("CAT-attention-2.png", "cat-attention.png"),
                    found.map(p -> p.getFileName().toString()).sorted().toList());
        }
        ImageDecoder decoder = ImageDecoder.create();
        assertEquals(
                decoder.decode(two).toString(),
                decoder.decode(maps.resolve("CAT-attention-2.png")).toString());
        assertFalse(decoder.decode(two).equals(decoder.decode(maps.resolve("CAT-attention-2.png"))));
    }

    @Test
    void dumpHoldsTheReferencesTensors() {
        Path dump = folder.resolve("dump.safetensors");
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--dump", dump, Cli.photo());
        assertEquals(0, run.exitCode(), run.err());
        try (SafetensorsFile ours = SafetensorsFile.open(dump);
                SafetensorsFile theirs = SafetensorsFile.open(Cli.checkpoint().resolve("expected.safetensors"))) {
            for (String name : theirs.names()) {
                assertEquals(theirs.info(name).shape(), ours.info(name).shape(), name);
                assertArrayEquals(
                        theirs.tensor(name).toFloats(), ours.tensor(name).toFloats(), (float) TOLERANCE, name);
            }
            assertTrue(theirs.names().contains("attentions.2"), theirs.names().toString());
        }
    }

    @Test
    void imageSizeOtherThanTheCheckpoints() {
        Cli run = Cli.run("classify", "-m", Cli.checkpoint(), "--image-size", 64, Cli.photo());
        assertEquals(0, run.exitCode(), run.err());
        assertFalse(run.out().contains("51.74"), run.out());
    }
}
