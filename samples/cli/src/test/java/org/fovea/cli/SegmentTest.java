package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea segment} on the reference library's small checkpoint. */
class SegmentTest {
    private static final Path MODEL = FixtureFiles.of("segformer");
    private static final Path IMAGE = MODEL.resolve("image.png");

    @TempDir
    Path folder;

    private static Cli segment(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("segment", "-m", MODEL));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray());
    }

    @Test
    void jsonHasTheAreaOfEveryClass() throws IOException {
        Cli run = segment("-f", "json", IMAGE);
        assertEquals(0, run.exitCode(), run.err());
        long[] reference = FixtureFiles.expected("segformer").get("mask").toLongs();
        Map<Integer, Long> areas = new TreeMap<>();
        for (long label : reference) {
            areas.merge((int) label, 1L, Long::sum);
        }
        JsonNode line = run.json().get(0);
        assertEquals(150, line.get("width").asInt());
        Map<Integer, Long> told = new TreeMap<>();
        line.get("classes")
                .forEach(c -> told.put(c.get("class").asInt(), c.get("area").asLong()));
        assertEquals(areas, told);
        assertEquals("cat", line.at("/classes/0/label").asText());
    }

    @Test
    void csvHasARowForEveryClass() {
        Cli run = segment("-f", "csv", "--classes", "sky,1", IMAGE);
        List<String> rows = run.out().lines().toList();
        assertEquals("file,id,class,label,area,x,y,left,top,right,bottom,score,error", rows.get(0));
        assertTrue(rows.get(1).startsWith(IMAGE + ",1,1,cat,"), rows.get(1));
        assertTrue(rows.get(2).startsWith(IMAGE + ",4,4,sky,"), rows.get(2));
        assertEquals(3, rows.size());
    }

    @Test
    void dumpIsTheReferences() {
        Path dump = folder.resolve("dump.safetensors");
        Cli run = segment("--dump", dump, IMAGE);
        assertEquals(0, run.exitCode(), run.err());
        Map<String, Tensor> expected = FixtureFiles.expected("segformer");
        try (SafetensorsFile file = SafetensorsFile.open(dump)) {
            assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(file.names()));
            assertArrayEquals(
                    expected.get("mask").toLongs(), file.tensor("mask").toLongs());
        }
    }

    @Test
    void filesHaveTheImagesOwnSize() throws IOException {
        Path out = folder.resolve("new/out");
        Cli run = segment("-o", out, "-w", "mask,palette,overlay,csv,coco", IMAGE, MODEL);
        assertEquals(0, run.exitCode(), run.err());
        LabelMask mask = LabelFiles.read(out.resolve("image-mask.png"));
        long[] reference = FixtureFiles.expected("segformer").get("mask").toLongs();
        for (int i = 0; i < reference.length; i++) {
            assertEquals(reference[i], mask.label(i / 150, i % 150));
        }
        assertEquals(
                150, ImageIO.read(out.resolve("image-palette.png").toFile()).getWidth());
        assertTrue(ImageIO.read(out.resolve("image-overlay.png").toFile()).getHeight() > 100, "a legend is below");
        assertTrue(Files.readString(out.resolve("image-segments.csv")).startsWith("id,class,label,area,"));
        JsonNode coco = Cli.parse(Files.readString(out.resolve("image-coco.json")));
        assertEquals(100, coco.at("/annotations/0/segmentation/size/0").asInt());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(5, files.count(), "the folder's image is the same");
        }
    }

    @Test
    void aTiffReadInPartsGivesTheFilesOfTheWholeImage() throws IOException {
        Path tiff = folder.resolve("parts.tif");
        assertTrue(ImageIO.write(ImageIO.read(IMAGE.toFile()), "tiff", tiff.toFile()));
        Path out = folder.resolve("out");
        Cli run = segment("--tile", 64, "-o", out, "-w", "mask,palette,csv", IMAGE, tiff);
        assertEquals(0, run.exitCode(), run.err() + run.out());
        Cli placed = segment("--tile", 64, "-o", out, "-w", "geotiff", "-f", "json", tiff);
        assertEquals(0, placed.exitCode(), placed.err());
        assertEquals(150, placed.json().get(0).get("width").asInt());
        for (String ending : new String[] {"-mask.png", "-palette.png", "-segments.csv"}) {
            assertArrayEquals(
                    Files.readAllBytes(out.resolve("image" + ending)),
                    Files.readAllBytes(out.resolve("parts" + ending)),
                    ending);
        }
        assertTrue(Files.size(out.resolve("parts-mask.tif")) > 200);
    }

    /** The picture has a panel for each of six mechanisms, or one alone, and shows where the pixel's place looks. */
    @Test
    void attentionIsDrawnForAPixel() throws IOException {
        BufferedImage all = figure("all", "--at", "80,30");
        BufferedImage one = figure("one", "--at", "80,30", "--attention-layer", "3");
        BufferedImage middle = figure("middle", "--attention-layer", "3");
        assertTrue(all.getHeight() > one.getHeight() && all.getWidth() > one.getWidth(), all + " and " + one);
        assertEquals(one.getWidth(), middle.getWidth());
        int different = 0;
        for (int i = 0; i < one.getWidth() * one.getHeight(); i++) {
            int x = i % one.getWidth();
            int y = i / one.getWidth();
            different += one.getRGB(x, y) == middle.getRGB(x, y) ? 0 : 1;
        }
        assertTrue(different > 1000, "another pixel looks elsewhere, " + different + " pixels differ");
    }

    private BufferedImage figure(String name, Object... more) throws IOException {
        Path out = folder.resolve(name);
        List<Object> arguments = new ArrayList<>(List.of("--attention", out));
        arguments.addAll(List.of(more));
        arguments.add(IMAGE);
        Cli run = segment(arguments.toArray());
        assertEquals(0, run.exitCode(), run.err());
        return ImageIO.read(out.resolve("image-attention.png").toFile());
    }

    @Test
    void wrongPixelsAreRefused() {
        Path out = folder.resolve("maps");
        Cli alone = segment("--at", "1,2", IMAGE);
        assertEquals(2, alone.exitCode());
        assertTrue(alone.err().contains("--at needs --attention OUTDIR"), alone.err());
        Cli half = segment("--attention", out, "--at", "1.5,2", IMAGE);
        assertEquals(2, half.exitCode());
        assertTrue(half.err().contains("--at must be x,y of a pixel, two whole numbers from 0, got 1.5,2"), half.err());
        Cli layer = segment("--attention", out, "--attention-layer", "6", IMAGE);
        assertEquals(2, layer.exitCode());
        assertTrue(layer.err().contains("--attention-layer must be from 0 to 5 for this model, got 6"), layer.err());
        Cli outside = segment("--attention", out, "--at", "150,0", IMAGE);
        assertEquals(1, outside.exitCode());
        String text = outside.out() + outside.err();
        assertTrue(text.contains("--at must lie within its 150 x 100 pixels, got 150,0"), text);
    }

    /** The model that ships tells objects apart, of a TIFF row by row: same masks, same table. */
    @Test
    void objectsOfATiffAreThoseOfTheWholeImage() throws IOException {
        Path tiff = folder.resolve("parts.tif");
        assertTrue(ImageIO.write(ImageIO.read(IMAGE.toFile()), "tiff", tiff.toFile()));
        Path out = folder.resolve("out");
        Cli run = Cli.run("segment", "-m", "nuclei", "-o", out, "-w", "mask,csv", "-f", "json", IMAGE, tiff);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.json().get(0).get("objects").size() > 1, run.out());
        assertEquals(run.json().get(0).get("objects"), run.json().get(1).get("objects"));
        assertEquals(run.json().get(0).get("classes"), run.json().get(1).get("classes"));
        for (String ending : new String[] {"-mask.png", "-segments.csv"}) {
            assertArrayEquals(
                    Files.readAllBytes(out.resolve("image" + ending)),
                    Files.readAllBytes(out.resolve("parts" + ending)),
                    ending);
        }
    }

    @Test
    void whatIsDoneIsTrustedOnlyWithItsFiles() throws IOException {
        Path out = folder.resolve("out");
        Path done = folder.resolve("done.jsonl");
        Object[] arguments = {"-o", out, "-w", "mask,csv", "--resume", done, IMAGE};
        assertEquals(0, segment(arguments).exitCode());
        Path mask = out.resolve("image-mask.png");
        byte[] bytes = Files.readAllBytes(mask);
        Cli again = segment(arguments);
        assertEquals("", again.out());
        Files.delete(mask);
        Cli third = segment(arguments);
        assertTrue(third.out().contains("cat"), third.out() + third.err());
        assertArrayEquals(bytes, Files.readAllBytes(mask));
    }

    @Test
    void aFileThatCannotBeWrittenIsThatImagesFailure() throws IOException {
        Path other = Files.copy(IMAGE, folder.resolve("other.png"));
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.createDirectories(out.resolve("image-mask.png/in the way"));
        Cli run = segment("-o", out, "-w", "mask", "-f", "json", IMAGE, other);
        assertEquals(1, run.exitCode());
        assertTrue(run.json().get(0).get("error").asText().contains("image-mask.png"), run.out());
        assertTrue(run.json().get(1).has("classes"), run.out());
        assertEquals(100, LabelFiles.read(out.resolve("other-mask.png")).height());
    }

    @Test
    void badCommandLinesSayWhatToDo() {
        assertUsage("--write needs --output", "-w", "mask", IMAGE);
        assertUsage("--overlap needs --tile", "--overlap", "0.2", IMAGE);
        assertUsage("must be a multiple of 32", "--tile", "50", IMAGE);
        assertUsage(
                "TileOptions: overlap must be at least 0 and below 1, got 1.0", "--tile", 64, "--overlap", 1, IMAGE);
        assertUsage("Did you mean 'cat'?", "--classes", "cats", IMAGE);
        assertUsage("needs a model that tells objects apart", "-o", folder, "-w", "instances", IMAGE);
        assertUsage("a scale must lie in [0.25, 4], got 9.0", "--scales", "1,9", IMAGE);
        Cli geotiff = segment("-o", folder, "-w", "geotiff", IMAGE);
        assertEquals(1, geotiff.exitCode());
        assertTrue(geotiff.out().contains("needs an upright TIFF file"), geotiff.out());
    }

    private static void assertUsage(String problem, Object... arguments) {
        Cli run = segment(arguments);
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains(problem), run.err());
    }
}
