package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.train.TrainingKeys;
import org.fovea.vit.model.StraightenedConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingPointTest {
    @TempDir
    Path folder;

    private static final List<String> LABELS = List.of("cat", "dog");

    private static Optional<Path> checkpoint() {
        return Optional.of(FixtureFiles.of("vit-hf"));
    }

    /** A model that has seen samples from -1 to 1 must be tuned on such. */
    @Test
    void checkpointIsTrainedOnImagesAsItWasUsedTo() throws IOException {
        TrainingConfig recipe = ClassifierKeys.defaults();
        try (StartingPoint start = StartingPoint.of(checkpoint(), recipe, LABELS)) {
            assertEquals(PixelNormalization.half(), start.normalization());
            assertEquals(2, start.model().config().classes());
        }
        try (StartingPoint start = StartingPoint.of(Optional.empty(), recipe, LABELS)) {
            assertEquals(PixelNormalization.imageNet(), start.normalization());
            assertEquals(32, start.model().config().imageHeight());
        }
    }

    @Test
    void recipePutsAFrontBeforeEveryModel() throws IOException {
        TrainingConfig recipe = ClassifierKeys.defaults().set("spatial_transformer", "thin_plate");
        for (Optional<Path> source : List.of(checkpoint(), Optional.<Path>empty())) {
            try (StartingPoint start = StartingPoint.of(source, recipe, LABELS)) {
                StraightenedConfig config = (StraightenedConfig) start.model().config();
                assertEquals(SpatialFront.THIN_PLATE, config.front());
                TrainingConfig probe =
                        recipe.with(TrainingKeys.FREEZE_BACKBONE, true).with(TrainingKeys.LAYER_DECAY, 0.5);
                ParameterPolicy policy =
                        ClassifierTraining.plan(probe, config, 10).policy();
                assertTrue(policy.trains().test("front.theta.weight"), "fresh as the head is");
                assertFalse(policy.trains().test("blocks.0.norm1.scale"));
                assertEquals(1, policy.rateScale().applyAsDouble("front.theta.weight"));
                start.files().save(folder, start.model().initialParameters());
            }
        }
        TrainingConfig other = ClassifierKeys.defaults().set("spatial_transformer", "affine");
        String message = assertThrows(
                        TrainingConfigException.class, () -> StartingPoint.of(Optional.of(folder), other, LABELS))
                .getMessage();
        assertTrue(
                message.contains("must be the model's own, got affine for one with thin_plate; give its own"), message);
        try (StartingPoint kept = StartingPoint.of(Optional.of(folder), ClassifierKeys.defaults(), LABELS)) {
            assertTrue(kept.model().config() instanceof StraightenedConfig, "a checkpoint's front stays");
        }
        String unknown = assertThrows(TrainingConfigException.class, () -> ClassifierKeys.defaults()
                        .set("spatial_transformer", "wavy"))
                .getMessage();
        assertTrue(unknown.contains("\"spatial_transformer\" must be one of [none, affine, thin_plate]"), unknown);
    }

    @Test
    void imageSizeThatDoesNotFitIsTheRecipesError() {
        TrainingConfig odd = ClassifierKeys.defaults().with(ClassifierKeys.IMAGE_SIZE, 33);
        Optional<Path> source = checkpoint();
        String message = assertThrows(TrainingConfigException.class, () -> StartingPoint.of(source, odd, LABELS))
                .getMessage();
        assertTrue(message.endsWith("got 33 and 8; give another \"image_size\""), message);
    }
}
