package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.testing.Tensors;
import org.fovea.core.weights.SafetensorsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fovea segment} with points and boxes on the reference library's small SAM. */
class PromptSegmentTest {
    private static final Path MODEL = FixtureFiles.of("sam");
    private static final Path IMAGE = MODEL.resolve("image.png");
    private static final Map<String, Tensor> EXPECTED = FixtureFiles.expected("sam");

    @TempDir
    Path folder;

    private static Cli segment(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("segment", "-m", MODEL));
        all.addAll(List.of(arguments));
        return Cli.run(all.toArray());
    }

    @Test
    void dumpHasTheReferencesNamesAndNumbers() {
        Path dump = folder.resolve("dump.safetensors");
        Cli run = segment("--point", "48,40", "--point", "96,8,0", "--dump", dump, IMAGE);
        assertEquals(0, run.exitCode(), run.err());
        try (SafetensorsFile file = SafetensorsFile.open(dump)) {
            Set<String> names = Set.of("pixel_values", "image_embeddings", "pred_masks", "iou_scores", "masks");
            assertEquals(new TreeSet<>(names), new TreeSet<>(file.names()));
            Tensors.assertClose("masks", EXPECTED.get("points.pred_masks"), file.tensor("pred_masks"), 1e-4);
            Tensors.assertClose("scores", EXPECTED.get("points.iou_scores"), file.tensor("iou_scores"), 1e-4);
            assertArrayEquals(
                    EXPECTED.get("points.masks").toLongs(), file.tensor("masks").toLongs());
        }
    }

    @Test
    void eachBoxIsAnObject() {
        Cli run = segment("--box", "24,8,84,72", "--box", "0,0,60,40", "-f", "json", IMAGE);
        assertEquals(0, run.exitCode(), run.err());
        JsonNode line = run.json().get(0);
        assertEquals(120, line.get("width").asInt());
        JsonNode objects = line.get("objects");
        assertTrue(objects.size() <= 2 && objects.size() >= 1, line.toString());
        double best = 0;
        for (float score : EXPECTED.get("box.iou_scores").toFloats()) {
            best = Math.max(best, score);
        }
        for (JsonNode object : objects) {
            assertEquals("object", object.get("label").asText());
            if (object.get("id").asInt() == 1) {
                assertEquals(best, object.get("score").asDouble(), 1e-4);
            }
        }
    }

    @Test
    void filesShowTheMasks() {
        Cli run = segment("--point", "48,40", "-o", folder, "-w", "mask,overlay,instances,coco", IMAGE);
        assertEquals(0, run.exitCode(), run.err());
        for (String file : List.of("image-mask.png", "image-overlay.png", "image-instances.png")) {
            assertTrue(Files.isRegularFile(folder.resolve(file)), file);
        }
    }

    @Test
    void everythingIsAJobToo() {
        Cli run = segment("--everything", "-f", "json", IMAGE);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.json().get(0).get("objects").isArray(), run.out());
    }

    @Test
    void aPointOutsideAnImageIsThatImagesFailure() {
        Cli run = segment("--point", "130,4", "-f", "json", IMAGE);
        assertEquals(1, run.exitCode(), run.err());
        assertTrue(
                run.out().contains("a point must lie on the image, x from 0 to below 120 and y from 0 to below 80"),
                run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --point 3                               | --point must be x,y of a pixel, or x,y,0
        --point 3,4,2                           | --point must be x,y of a pixel
        --point 3,4,0                           | --point needs one on what is wanted, or a --box
        --point 3,x                             | --point must be x,y of a pixel
        --box 1,2,3                             | --box must be left,top,right,bottom
        --box 5,2,3,9                           | left below right
        --everything --point 3,4                | --everything goes without --point and --box
        --point 3,4 --box 0,0,9,9 --box 1,1,8,8 | --point goes with one --box, got 2
        --everything --dump x.safetensors       | --dump takes one prompt, points or a box, got --everything
        --point 3,4 --tile 512                  | --tile, --flip and --scales do not go with --point, --box and --everything
        """)
    void wrongPromptsAreUsageErrors(String options, String part) {
        List<Object> all = new ArrayList<>(List.of(options.split(" ")));
        all.add(IMAGE);
        Cli run = segment(all.toArray());
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(part), run.err());
    }

    @Test
    void aSamWithoutPromptsIsAUsageError() {
        Cli run = segment(IMAGE);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("a SAM needs --point, --box or --everything"), run.err());
    }
}
