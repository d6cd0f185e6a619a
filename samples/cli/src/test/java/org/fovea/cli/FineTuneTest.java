package org.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.image.ImageProcessor;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTPresets;
import org.junit.jupiter.api.Test;

/** {@code fovea train} from a checkpoint. */
class FineTuneTest extends TrainsOnColors {
    @Test
    void linearProbeChangesTheHeadAlone() throws IOException {
        Cli probed =
                Cli.run("train", "-d", data, "-o", run, "-m", Cli.checkpoint(), "--freeze-backbone", "-e", 1, "-b", 8);
        assertEquals(0, probed.exitCode(), probed.err());
        try (PretrainedModel before = PretrainedModel.open(Cli.checkpoint());
                PretrainedModel after = PretrainedModel.open(run)) {
            assertEquals(List.of("green", "red"), after.labels());
            for (String name : before.parameters().names()) {
                if (!name.startsWith("head.")) {
                    assertArrayEquals(
                            before.parameters().floats(name), after.parameters().floats(name), name);
                }
            }
            assertEquals(2, after.parameters().shape("head.weight").dim(0));
        }
    }

    @Test
    void timmCheckpointIsTunedAndSavedAsTimmHasIt() throws IOException {
        Path source = folder.resolve("timm");
        ViTConfig config = ViTPresets.tiny(8, 32).toBuilder().size(24, 2, 3).build();
        RandomCheckpoint.writeTimm(source, config, 96, List.of("cat", "dog", "bird"));
        Cli tuned = Cli.run("train", "-d", data, "-o", run, "-m", source, "-e", 1, "-b", 8);
        assertEquals(0, tuned.exitCode(), tuned.err());
        assertFalse(Files.exists(run.resolve("preprocessor_config.json")), "timm's config.json says it");
        assertTrue(
                Files.readString(run.resolve("config.json")).contains("\"architecture\" : \"vit_tiny_patch16_224\""));
        try (PretrainedModel after = PretrainedModel.open(run)) {
            assertEquals(List.of("green", "red"), after.labels());
        }
        Cli evaluated = Cli.run("evaluate", "-m", run, "-d", data, "-f", "json");
        assertEquals(0, evaluated.exitCode(), evaluated.err());
        assertEquals(8, evaluated.json().get(0).get("images").asInt());
    }

    @Test
    void checkpointIsTunedAtAnotherImageSize() throws IOException {
        Cli tuned =
                Cli.run("train", "-d", data, "-o", run, "-m", Cli.checkpoint(), "--image-size", 48, "-e", 1, "-b", 8);
        assertEquals(0, tuned.exitCode(), tuned.err());
        try (PretrainedModel before = PretrainedModel.open(Cli.checkpoint());
                PretrainedModel after = PretrainedModel.open(run)) {
            assertEquals(32, before.config().imageHeight());
            assertEquals(48, after.config().imageHeight());
            assertEquals(
                    after.config().tokenCount(),
                    after.parameters().shape("positions").dim(1));
        }
        assertEquals(48, ImageProcessor.load(run).height());
        Cli classified = Cli.run("classify", "-m", run, Cli.photo());
        assertEquals(0, classified.exitCode(), classified.err());
    }

    /** The run's folder knows where it started. */
    @Test
    void resumesWithoutNamingTheCheckpointAgain() throws IOException {
        Object[] start = {"train", "-d", data, "-o", run, "-m", Cli.checkpoint(), "-e", 1, "-b", 8};
        assertEquals(0, Cli.run(start).exitCode());
        byte[] weights = Files.readAllBytes(run.resolve("model.safetensors"));
        Cli resumed = Cli.run("train", "-d", data, "-o", run, "--resume");
        assertEquals(0, resumed.exitCode(), resumed.err());
        assertArrayEquals(weights, Files.readAllBytes(run.resolve("model.safetensors")));
    }
}
