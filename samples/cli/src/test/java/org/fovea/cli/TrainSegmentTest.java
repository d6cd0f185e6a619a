package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fovea train --task segment} and {@code fovea evaluate} of what it trained. */
class TrainSegmentTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    private void write(String split, String kind, int number) throws IOException {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        int[] labels = new int[SIDE * SIDE];
        for (int i = 0; i < labels.length; i++) {
            boolean left = Math.hypot(i / SIDE - 12 - number, i % SIDE - 9) < 6;
            boolean right = Math.hypot(i / SIDE - 18, i % SIDE - 22) < 6;
            labels[i] = left ? 1 : right ? 2 : 0;
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) (labels[i] > 0 ? 200 : 20);
            }
        }
        Path images =
                Files.createDirectories(folder.resolve("data").resolve(split).resolve("images"));
        Path masks =
                Files.createDirectories(folder.resolve("data").resolve(split).resolve(kind));
        RgbImage.of(SIDE, SIDE, rgb).writePng(images.resolve(number + ".png"));
        Files.write(masks.resolve(number + ".png"), LabelFiles.encode(LabelMask.of(SIDE, SIDE, labels)));
    }

    private Cli train(Object... more) {
        Object[] first = {
            "train",
            "--task",
            "segment",
            "-d",
            folder.resolve("data"),
            "-o",
            folder.resolve("run"),
            "--epochs",
            "1",
            "--batch",
            "2",
            "--set",
            "image_size=32",
            "--set",
            "widths=8,16"
        };
        Object[] all = new Object[first.length + more.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return Cli.run(all);
    }

    /** Objects: the run's folder is a model that tells objects apart, and has a report. */
    @Test
    void aFolderOfInstancesTrainsAModelOfObjects() throws IOException {
        for (int i = 0; i < 3; i++) {
            write("train", "instances", i);
        }
        write("val", "instances", 1);
        Cli run = train("--set", "tile_size=32");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("ap50"), run.out());
        assertTrue(Files.exists(folder.resolve("run/report/worst.png")));
        Cli scores = Cli.run("evaluate", "-m", folder.resolve("run"), "-d", folder.resolve("data"), "-f", "json");
        assertEquals(0, scores.exitCode(), scores.err());
        JsonNode json = scores.json().get(0);
        assertEquals(1, json.get("images").asInt());
        assertEquals(9, json.get("objects").size());
        assertEquals("object", json.at("/classes/1/label").asText());
    }

    /** Classes, by an encoder of transformer blocks: what it trained is that model, and segments. */
    @Test
    void anEncoderOfTransformerBlocksTrains() throws IOException {
        for (int i = 0; i < 3; i++) {
            write("train", "masks", i);
        }
        write("val", "masks", 1);
        Cli run = train(
                "--set",
                "tile_size=32",
                "--set",
                "encoder=transformer",
                "--set",
                "depth=2",
                "--set",
                "attention=window");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("mean_iou"), run.out());
        String config = Files.readString(folder.resolve("run/config.json"));
        assertTrue(config.contains("\"encoder\" : \"transformer\""), config);
        Cli masks = Cli.run("segment", "-m", folder.resolve("run"), folder.resolve("data/val/images/1.png"));
        assertEquals(0, masks.exitCode(), masks.err());
        assertTrue(masks.out().contains("%  "), masks.out());
    }

    @Test
    void badDataIsNamed() throws IOException {
        write("train", "masks", 0);
        write("val", "masks", 1);
        Files.write(folder.resolve("data/train/masks/0.png"), LabelFiles.encode(LabelMask.of(2, 2, new int[4])));
        Cli size = train("--set", "tile_size=32");
        assertEquals(1, size.exitCode());
        assertTrue(size.err().contains("a mask must have its image's size RGB 32 x 32, got mask 2 x 2"), size.err());
    }
}
