package org.fovea.vit.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.testing.FixtureFiles;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.junit.jupiter.api.Test;

class StartingPointTest {
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
    void imageSizeThatDoesNotFitIsTheRecipesError() {
        TrainingConfig odd = ClassifierKeys.defaults().with(ClassifierKeys.IMAGE_SIZE, 33);
        Optional<Path> source = checkpoint();
        String message = assertThrows(TrainingConfigException.class, () -> StartingPoint.of(source, odd, LABELS))
                .getMessage();
        assertTrue(message.endsWith("got 33 and 8; give another \"image_size\""), message);
    }
}
