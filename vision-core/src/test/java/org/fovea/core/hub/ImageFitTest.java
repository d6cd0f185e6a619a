package org.fovea.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.fovea.core.ModelFormatException;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;

/** Models and the images that preprocessing makes. */
class ImageFitTest {
    private static final Path DIRECTORY = FixtureFiles.of("vit-timm"); // 48 x 48 pixels, 3 channels
    private static final ImageProcessor PROCESSOR = ImageProcessor.load(DIRECTORY);

    @Test
    void theModelGetsTheSizeThatPreprocessingMakes() {
        assertEquals(List.of(48, 48), ImageFit.own(DIRECTORY, PROCESSOR, (height, width) -> List.of(height, width)));
        assertEquals(
                List.of(64, 64),
                ImageFit.asked(PROCESSOR.withImageSize(64), (height, width) -> List.of(height, width)));
    }

    @Test
    void aSizeThatDoesNotFitIsTheFaultOfTheFileOrOfWhoAskedForIt() {
        IllegalArgumentException refused = new IllegalArgumentException("Model: height must be 32");
        ImageFit.Sizing<String> model = (height, width) -> {
            throw refused;
        };
        var e = assertThrows(ModelFormatException.class, () -> ImageFit.own(DIRECTORY, PROCESSOR, model));
        assertTrue(e.getMessage().startsWith(DIRECTORY + ": preprocessing must make images that the model takes"));
        assertTrue(e.getMessage().contains("height must be 32"), e.getMessage());
        assertSame(refused, assertThrows(IllegalArgumentException.class, () -> ImageFit.asked(PROCESSOR, model)));
    }

    @Test
    void channelsMustAgree() {
        ImageFit.checkChannels(DIRECTORY, PROCESSOR, 3);
        var e = assertThrows(ModelFormatException.class, () -> ImageFit.checkChannels(DIRECTORY, PROCESSOR, 1));
        assertTrue(e.getMessage().contains("channels, got 3 and 1"), e.getMessage());
    }
}
