package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.FixtureFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageProcessorTest {
    private static final double TOLERANCE = 1e-6;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"vit-hf", "deit-hf", "dinov2-hf", "vit-timm"})
    void pixelsEqualTheReferences(String fixture) throws IOException {
        Path checkpoint = FixtureFiles.of(fixture);
        Tensor want = FixtureFiles.expected(fixture).get("pixel_values");
        Tensor got =
                ImageProcessor.load(checkpoint).process(ImageDecoder.create().decode(checkpoint.resolve("image.png")));
        assertEquals(want.shape(), got.shape());
        float[] expected = want.toFloats();
        float[] actual = got.toFloats();
        for (int i = 0; i < expected.length; i++) {
            int at = i;
            double error = Math.abs(expected[i] - actual[i]);
            assertTrue(error <= TOLERANCE, () -> at + ": expected " + expected[at] + ", got " + actual[at]);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                       | resize to 224 x 224, bilinear
        {"size": 384}                                                            | resize to 384 x 384, bilinear
        {"size": {"height": 32, "width": 48}, "resample": 0}                     | resize to 32 x 48, nearest
        {"feature_extractor_type": "ViTFeatureExtractor", "resample": 1}         | resize to 224 x 224, lanczos
        {"image_processor_type": "ViTImageProcessorFast", "size": 96}            | resize to 96 x 96, bilinear
        {"image_processor_type": "DeiTImageProcessor"}                           | resize to 256 x 256, bicubic; crop the middle 224 x 224
        {"feature_extractor_type": "DeiTFeatureExtractor", "size": 438, "crop_size": 384} | resize to 438 x 438, bicubic; crop the middle 384 x 384
        {"image_processor_type": "BitImageProcessor", "size": 256}               | resize the shorter edge to 256, bicubic; crop the middle 224 x 224
        {"image_processor_type": "MobileNetV1ImageProcessor"}                    | resize the shorter edge to 256, bilinear; crop the middle 224 x 224
        {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 336, "longest_edge": 500}, "crop_size": {"height": 336, "width": 320}} | resize the shorter edge to 336, the longer to at most 500, bicubic; crop the middle 336 x 320
        {"image_processor_type": "DeiTImageProcessor", "do_resize": false}       | crop the middle 224 x 224
        {"image_processor_type": "DeiTImageProcessor", "do_center_crop": false}  | resize to 256 x 256, bicubic
        """)
    void readsPreprocessorFilesOfEveryAge(String json, String steps) throws IOException {
        ImageProcessor processor = hub(json);
        List<String> lines = processor.describe();
        assertEquals(steps, String.join("; ", lines.subList(0, lines.size() - 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "ViTImageProcessor, 0.5, 0.5",
        "DeiTImageProcessor, 0.5, 0.5",
        "MobileNetV1FeatureExtractor, 0.5, 0.5",
        "BitImageProcessor, 0.48145466, 0.26862954",
        "CLIPFeatureExtractor, 0.48145466, 0.26862954"
    })
    void absentStatisticsAreTheClassesOwn(String type, float mean, float std) throws IOException {
        ImageProcessor processor = hub("{\"image_processor_type\": \"" + type + "\"}");
        assertEquals(
                (1 - mean) / std, processor.process(constant(300, 300, 255)).toFloats()[0], TOLERANCE);
    }

    /** Computed by hand: scale, limit of 1333/800, halves up, then down to the multiple. */
    @ParameterizedTest
    @CsvSource({
        "400, 600, 384, 576",
        "600, 400, 576, 384",
        "100, 100, 384, 384",
        "427, 640, 384, 576", // 575.55
        "426, 600, 384, 512", // 540.8
        "300, 1000, 192, 608", // 1280 is too long: 191.7 and 639
        "33, 1000, 0, 0" // 21.1
    })
    void viltsSizesFollowTheImage(int height, int width, int rows, int columns) throws IOException {
        ImageProcessor processor = anySize("{\"image_processor_type\": \"ViltImageProcessor\", \"size\": 384}");
        RgbImage image = constant(height, width, 9);
        if (rows == 0) {
            ImageException e = assertThrows(ImageException.class, () -> processor.prepare(image));
            assertTrue(e.getMessage().contains("crop it to a less elongated one"), e.getMessage());
            return;
        }
        Tensor input = processor.process(image);
        assertEquals(
                List.of(1, 3, rows, columns),
                Arrays.stream(input.shape().toArray()).boxed().toList());
        InputGeometry geometry = processor.geometry(image);
        assertEquals(width, geometry.right(), 1e-9);
        assertEquals(height, geometry.bottom(), 1e-9);
    }

    @Test
    void sizesThatFollowTheImageAreForModelsThatTakeThem() throws IOException {
        ImageProcessor processor = anySize("{\"image_processor_type\": \"ViltImageProcessor\"}");
        assertThrows(IllegalStateException.class, processor::height);
        assertThrows(
                IllegalArgumentException.class,
                () -> processor.processAll(List.of(constant(100, 100, 1), constant(100, 200, 1))));
        ModelFormatException e = assertThrows(ModelFormatException.class, () -> ImageProcessor.load(directory));
        assertTrue(e.getMessage().contains("one size for every image"), e.getMessage());
    }

    private ImageProcessor anySize(String json) throws IOException {
        Files.writeString(directory.resolve("preprocessor_config.json"), json);
        return ImageProcessor.loadAnySize(directory);
    }

    @Test
    void fileWithoutAClassFollowsTheModelType() throws IOException {
        Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"dinov2\"}");
        assertTrue(hub("{}").toString().startsWith("resize the shorter edge to 224, bicubic; crop the middle"));
    }

    @Test
    void rescaleAndNormalizeCanBeLeftOut() throws IOException {
        ImageProcessor raw = hub("{\"do_rescale\": false, \"do_normalize\": false, \"size\": 2}");
        assertArrayEquals(
                new float[] {7, 7, 7, 7},
                Arrays.copyOf(raw.process(constant(2, 2, 7)).toFloats(), 4));
        ImageProcessor scaled =
                hub("{\"rescale_factor\": 0.5, \"image_mean\": 1, \"image_std\": [2, 4, 8], \"size\": 1}");
        assertArrayEquals(
                new float[] {4.5f, 2.25f, 1.125f},
                scaled.process(constant(1, 1, 20)).toFloats());
    }

    @Test
    void processorConfigHoldsTheImageProcessor() throws IOException {
        Files.writeString(
                directory.resolve("processor_config.json"),
                "{\"image_processor\": {\"image_processor_type\": \"ViTImageProcessor\", \"size\": 64}}");
        assertEquals(64, ImageProcessor.load(directory).height());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"input_size": [3, 224, 224], "crop_pct": 0.9, "interpolation": "bicubic"} | resize the shorter edge to 248, bicubic; crop the middle 224 x 224
        {"interpolation": "bilinear"}                                      | resize the shorter edge to 256, bilinear; crop the middle 224 x 224
        {"input_size": [3, 384, 384], "crop_pct": 1.0, "crop_mode": "squash"} | resize to 384 x 384, bicubic; crop the middle 384 x 384
        {"input_size": [3, 100, 200], "crop_pct": 0.5}                     | resize in proportion to cover 200 x 400, bicubic; crop the middle 100 x 200
        {"input_size": [3, 100, 100], "crop_pct": 1, "crop_mode": "border", "mean": 0.5} | resize in proportion to fit into 100 x 100, bicubic; crop the middle 100 x 100, padded with [128, 128, 128]
        {"input_size": [1, 28, 28], "crop_pct": 1, "mean": [0.5], "std": [0.5]} | convert to gray; resize the shorter edge to 28, bicubic; crop the middle 28 x 28
        """)
    void readsTimmConfigs(String json, String steps) throws IOException {
        String flat = "{\"architecture\": \"vit\", " + json.substring(1);
        for (String config : List.of("{\"pretrained_cfg\": " + json + "}", flat)) {
            Files.writeString(directory.resolve("config.json"), config);
            List<String> lines = ImageProcessor.load(directory).describe();
            assertEquals(steps, String.join("; ", lines.subList(0, lines.size() - 1)));
        }
    }

    @Test
    void grayTakesTheLuma() throws IOException {
        ImageProcessor gray = hub("{\"image_mean\": [0], \"image_std\": [1], \"size\": 1, \"rescale_factor\": 1}");
        RgbImage orange = RgbImage.of(1, 1, new byte[] {(byte) 255, (byte) 128, 0});
        Tensor out = gray.process(orange);
        assertEquals("F32 [1, 1, 1, 1]", out.toString());
        assertEquals(151, out.toFloats()[0]); // 0.299 * 255 + 0.587 * 128 = 151.4
    }

    @Test
    void smallImageIsPaddedWithBlackBeforeNormalizing() throws IOException {
        ImageProcessor processor = hub("{\"image_processor_type\": \"DeiTImageProcessor\", \"do_resize\": false,"
                + " \"crop_size\": 4, \"rescale_factor\": 1, \"image_mean\": 1, \"image_std\": 1}");
        float[] out = processor.process(constant(1, 3, 9)).toFloats();
        float[] want = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 8, 8, 8, -1, -1, -1, -1};
        assertArrayEquals(want, Arrays.copyOf(out, 16));
    }

    @Test
    void croppingComputesTheSamePixelsAsResizingAll() throws IOException {
        ImageProcessor processor =
                hub("{\"image_processor_type\": \"BitImageProcessor\", \"size\": 40, \"crop_size\": 30,"
                        + " \"do_normalize\": false, \"do_rescale\": false}");
        RgbImage image = PillowResizeTest.random(61, 95);
        RgbImage resized = PillowResize.resize(image, 40, 62, Resampling.BICUBIC);
        float[] out = processor.process(image).toFloats();
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 30; x++) {
                assertEquals(resized.pixel(x + 16, y + 5) >> 16, out[y * 30 + x]);
            }
        }
    }

    @Test
    void extremeAspectRatioNeedsNoGiantImage() throws IOException {
        ImageProcessor processor = hub("{\"image_processor_type\": \"BitImageProcessor\"}");
        float[] out = processor.process(constant(60_000, 1, 10)).toFloats();
        assertEquals(out[0], out[223 * 224 + 223]);
    }

    @Test
    void batchIsItsImagesInOrder() throws IOException {
        ImageProcessor processor = hub("{\"size\": 8}");
        RgbImage a = PillowResizeTest.random(9, 11);
        RgbImage b = PillowResizeTest.random(20, 5);
        Tensor both = processor.processAll(List.of(a, b));
        assertEquals("F32 [2, 3, 8, 8]", both.toString());
        float[] all = both.toFloats();
        assertArrayEquals(processor.process(a).toFloats(), Arrays.copyOf(all, 192));
        assertArrayEquals(processor.process(b).toFloats(), Arrays.copyOfRange(all, 192, 384));
    }

    @Test
    void bufferWithoutRoomIsRefused() throws IOException {
        ImageProcessor processor = hub("{\"size\": 8}");
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> processor.processInto(constant(1, 1, 1), FloatBuffer.allocate(191)));
        assertTrue(e.getMessage().contains("got 191"), e.getMessage());
    }

    @Test
    void imageSizeScalesTheStepsBeforeTheCrop() throws IOException {
        assertTrue(hub("{\"image_processor_type\": \"DeiTImageProcessor\"}")
                .withImageSize(448)
                .toString()
                .startsWith("resize to 512 x 512, bicubic; crop the middle 448 x 448"));
        assertTrue(hub("{\"size\": 224}").withImageSize(100).toString().startsWith("resize to 100 x 100"));
    }

    @Test
    void paddingIsZeroWhateverTheMean() throws IOException {
        ImageProcessor processor =
                hub("{\"image_processor_type\": \"SamImageProcessor\", \"size\": {\"longest_edge\": 6},"
                        + " \"pad_size\": {\"height\": 6, \"width\": 8}, \"image_mean\": 0.5, \"image_std\": 0.5}");
        float[] out = processor.process(constant(5, 3, 255)).toFloats(); // becomes 6 x 4
        for (int i = 0; i < out.length; i++) {
            assertEquals(i % 8 < 4 ? 1 : 0, out[i], 1e-6, "at " + i);
        }
        assertEquals(new InputGeometry(0, 0, 6, 5), processor.geometry(constant(5, 3, 255)));
        String defaults =
                hub("{\"image_processor_type\": \"SamImageProcessor\"}").toString();
        assertTrue(
                defaults.startsWith("resize the longer edge to 1024, bilinear; pad right and below to 1024 x 1024"),
                defaults);
    }

    @Test
    void geometryLeadsBackToTheImage() throws IOException {
        RgbImage image = constant(200, 400, 0);
        InputGeometry crop = hub("{\"image_processor_type\": \"BitImageProcessor\", \"size\": 100, \"crop_size\": 50}")
                .geometry(image);
        assertEquals(new InputGeometry(150, 50, 250, 150), crop);
        assertEquals(200, crop.x(0.5));
        assertEquals(new InputGeometry(0, 0, 400, 200), hub("{\"size\": 32}").geometry(image));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"size": "big"}                              | "size" must be a whole number from 1 to 65536, got "big"
        {"size": {"height": 3}}                      | "size" must be a number or hold height and width, or shortest_edge, got {"height":3}
        {"size": {"height": 0, "width": 3}}          | "size.height" must be a whole number from 1 to 65536, got 0
        {"size": {"shortest_edge": 3}}               | "do_center_crop" must be true unless size is an exact height and width
        {"resample": 6}                              | "resample" must be a Pillow filter
        {"image_mean": [1, 2]}                       | "image_mean" must be a number, or a list of 3 numbers (color) or 1 (gray), got [1,2]
        {"image_std": [1, 0, 1]}                     | "image_std" must be without 0
        {"do_resize": 1}                             | "do_resize" must be true or false, got 1
        {"image_processor_type": "LevitImageProcessor"} | "image_processor_type" must be one of ViTImageProcessor, DeiTImageProcessor
        {"size":                                     | must be JSON, got at line 1
        []                                           | must be a JSON object, got an array
        {"image_std": [1, 1e-300, 1]}                | "image_std" must be an array of numbers from
        {"image_mean": [NaN, 0, 0]}                  | "image_mean" must be an array of numbers from
        {"image_std": Infinity}                      | "image_std" must be a number from
        {"rescale_factor": 1, "image_std": 2e-38}    | "image_std" must be of a size with which every pixel gives a finite number
        {"rescale_factor": 1e-300}                   | "rescale_factor" must be a number from
        """)
    void wrongFileIsExplained(String json, String part) {
        var e = assertThrows(ModelFormatException.class, () -> hub(json));
        assertTrue(e.getMessage().startsWith(directory.resolve("preprocessor_config.json") + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    /** Python writes NaN and Infinity into JSON: what no step uses may hold them, here as in the model's configuration. */
    @Test
    void numbersThatAreNoneDoNotMatterWhereNoStepUsesThem() throws IOException {
        Files.writeString(
                directory.resolve("config.json"),
                "{\"architecture\": \"vit_tiny_patch16_224\", \"pretrained_cfg\": {\"label_smoothing\": NaN,"
                        + " \"drop\": [Infinity, -Infinity], \"input_size\": [3, 48, 48]}}");
        assertEquals(48, ImageProcessor.load(directory).height());
        assertEquals(32, hub("{\"size\": 32, \"label_smoothing\": NaN}").height());
    }

    @Test
    void missingFileIsExplained() throws IOException {
        Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"vit\"}");
        var e = assertThrows(ModelFormatException.class, () -> ImageProcessor.load(directory));
        assertTrue(e.getMessage().contains("download preprocessor_config.json"), e.getMessage());
    }

    private ImageProcessor hub(String json) throws IOException {
        Files.writeString(directory.resolve("preprocessor_config.json"), json);
        return ImageProcessor.load(directory);
    }

    private static RgbImage constant(int height, int width, int value) {
        byte[] samples = new byte[3 * height * width];
        Arrays.fill(samples, (byte) value);
        return RgbImage.of(height, width, samples);
    }
}
