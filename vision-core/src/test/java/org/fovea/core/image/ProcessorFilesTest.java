package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorFilesTest {
    @TempDir
    Path source;

    @TempDir
    Path target;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"size\": 384, \"image_mean\": [0.1, 0.2, 0.3]}",
                "{\"image_processor_type\": \"DeiTImageProcessor\"}",
                "{\"feature_extractor_type\": \"DeiTFeatureExtractor\", \"size\": 438, \"crop_size\": 384}",
                "{\"image_processor_type\": \"BitImageProcessor\", \"size\": {\"shortest_edge\": 256}}",
                "{\"image_processor_type\": \"CLIPImageProcessor\", \"size\": {\"shortest_edge\": 336,"
                        + " \"longest_edge\": 500}, \"crop_size\": {\"height\": 336, \"width\": 320}}",
                "{\"image_processor_type\": \"DeiTImageProcessor\", \"do_resize\": false}"
            })
    void anotherSizeIsReadBackAsTheProcessorItself(String json) throws IOException {
        Files.writeString(source.resolve("preprocessor_config.json"), json);
        String resized = ProcessorFiles.preprocessorConfig(source, 96).orElseThrow();
        Files.writeString(target.resolve("preprocessor_config.json"), resized);
        ImageProcessor expected = ImageProcessor.load(source).withImageSize(96);
        assertEquals(expected.toString(), ImageProcessor.load(target).toString());
        assertEquals(Optional.of(json), ProcessorFiles.preprocessorConfig(source, 0), "its own size");
    }

    @Test
    void combinedFileGivesItsImagePart() throws IOException {
        Files.writeString(
                source.resolve("processor_config.json"),
                "{\"image_processor\": {\"image_processor_type\": \"ViTImageProcessor\", \"size\": 48}}");
        for (int pixels : List.of(0, 96)) {
            Files.writeString(
                    target.resolve("preprocessor_config.json"),
                    ProcessorFiles.preprocessorConfig(source, pixels).orElseThrow());
            assertEquals(pixels == 0 ? 48 : pixels, ImageProcessor.load(target).height());
        }
    }

    @Test
    void timmHasNoFileOfItsOwn() throws IOException {
        assertTrue(ProcessorFiles.preprocessorConfig(FixtureFiles.of("vit-timm"), 64)
                .isEmpty());
    }

    @Test
    void statisticsAreInUnitsOfSamplesOver255() throws IOException {
        Files.writeString(
                source.resolve("preprocessor_config.json"),
                "{\"rescale_factor\": 1, \"image_mean\": [127.5, 51, 0], \"image_std\": [255, 127.5, 51]}");
        ImageProcessor processor = ImageProcessor.load(source);
        assertEquals(List.of(0.5, 0.2, 0.0), processor.mean());
        assertEquals(List.of(1.0, 0.5, 0.2), processor.std());
    }
}
