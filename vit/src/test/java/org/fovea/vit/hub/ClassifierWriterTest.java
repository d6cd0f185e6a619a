package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.Activation;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.SwiGlu;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.ClassifierOptions;
import org.fovea.vit.Explanation;
import org.fovea.vit.Fixtures;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.CctPresets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.Head;
import org.fovea.vit.model.StraightenedConfig;
import org.fovea.vit.model.ViTConfig;
import org.fovea.vit.model.ViTPresets;
import org.fovea.vit.train.TrainableClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"vit-hf", "deit-hf", "dinov2-hf", "vit-timm", "beit"})
    void checkpointsSurviveLoadingAndSaving(String fixture) throws IOException {
        Path source = Fixtures.directory(fixture);
        try (PretrainedModel model = PretrainedModel.open(source)) {
            ClassifierWriter.like(source, model.config(), model.labels()).save(folder, model.parameters());
            try (PretrainedModel again = PretrainedModel.open(folder)) {
                assertEquals(model.config(), again.config());
                assertEquals(model.labels(), again.labels());
            }
        }
        try (Checkpoint before = Checkpoint.open(source);
                Checkpoint after = Checkpoint.open(folder)) {
            assertEquals(before.names(), after.names());
            for (String name : before.names()) {
                assertEquals(before.info(name).shape(), after.info(name).shape(), name);
                assertEquals(before.info(name).dtype(), after.info(name).dtype(), name);
                if (!name.endsWith("mask_token")) { // masks patches in pre-training; nothing here reads it
                    assertArrayEquals(
                            before.tensor(name).toFloats(), after.tensor(name).toFloats(), name);
                }
            }
        }
    }

    /** Beside the keys and under the names of each layout; a new head and another size with it. */
    @ParameterizedTest
    @ValueSource(strings = {"vit-hf", "dinov2-hf", "vit-timm", "swin", "beit"})
    void frontsSurviveSavingAndLoading(String fixture) throws IOException {
        Path source = Fixtures.directory(fixture);
        List<String> labels = List.of("glass", "paper");
        try (PretrainedModel model = PretrainedModel.open(source)) {
            TrainableClassifier tuned = TrainableClassifier.fineTuning(model, labels, DropRates.none(), 1)
                    .withFront(SpatialFront.THIN_PLATE, 1);
            Parameters moved = moved(tuned);
            ClassifierWriter.like(source, tuned.config(), labels).save(folder, moved);
            try (PretrainedModel again = PretrainedModel.open(folder)) {
                assertEquals(tuned.config(), again.config());
                assertEquals(labels, again.labels());
                for (String name : tuned.config().parameterShapes().keySet()) {
                    assertArrayEquals(
                            moved.tensor(name).toFloats(),
                            again.parameters().tensor(name).toFloats(),
                            name);
                }
                assertEquals("thin_plate", again.config().describe().facts().get("spatial_transformer"));
                TrainableClassifier further = TrainableClassifier.fineTuning(again, labels, DropRates.none(), 2);
                assertEquals(further, further.withFront(SpatialFront.THIN_PLATE, 2), "the front stays");
            }
            assertTrue(Files.readString(folder.resolve("config.json")).contains("\"spatial_transformer\""));
        }
        try (ImageClassifier classifier = ImageClassifier.load(folder, Fixtures.options())) {
            RgbImage image = ImageDecoder.create().decode(Fixtures.image(fixture));
            Explanation why = classifier.explain(image);
            double sum = 0;
            for (float share : why.map(0).toFloats()) {
                sum += share;
            }
            assertTrue(sum > 0 && sum < 1.0001, "what the front moved is still all there: " + sum);
        }
    }

    /** Weights of a front that looks somewhere, all others as they are. */
    private static Parameters moved(TrainableClassifier model) {
        Parameters.Builder out = Parameters.builder();
        model.config().parameterShapes().forEach((name, shape) -> {
            boolean theta = name.startsWith("front.theta.");
            out.add(
                    name,
                    theta
                            ? Initializers.truncatedNormal(0.1).create(name, shape, 1)
                            : model.initialParameters().tensor(name));
        });
        return out.build();
    }

    @Test
    void frontOfAModelTrainedHereSurvives() throws IOException {
        StraightenedConfig config =
                new StraightenedConfig(SpatialFront.AFFINE, CctPresets.cct2().withClasses(2));
        Parameters weights = config.randomParameters(1);
        Preprocessing preprocessing =
                new Preprocessing(32, 32, Preprocessing.Fit.STRETCH, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
        ClassifierWriter.of(config, List.of("a", "b"), preprocessing).save(folder, weights);
        try (PretrainedModel again = PretrainedModel.open(folder)) {
            assertEquals(config, again.config());
        }
        String json = Files.readString(folder.resolve("config.json"));
        Files.writeString(folder.resolve("config.json"), json.replace("\"affine\"", "\"wavy\""));
        String text = assertThrows(ModelFormatException.class, () -> PretrainedModel.open(folder))
                .getMessage();
        assertTrue(text.contains("\"spatial_transformer\" must be one of [affine, thin_plate], got \"wavy\""), text);
    }

    @Test
    void savingLeavesTheTemporaryFilesOfAnotherSaverAlone() throws IOException {
        Path source = Fixtures.directory("vit-hf");
        Path others = Files.writeString(folder.resolve(".config.json.tmp"), "half");
        try (PretrainedModel model = PretrainedModel.open(source)) {
            ClassifierWriter.like(source, model.config(), model.labels()).saveDescription(folder);
        }
        assertEquals("half", Files.readString(others));
    }

    /** A model saved after training at another size answers as the checkpoint does when it is loaded for that size. */
    @ParameterizedTest
    @ValueSource(strings = {"vit-hf", "deit-hf", "dinov2-hf", "vit-timm", "beit"})
    void anotherImageSizeIsSavedWithItsPositionsAndPreprocessing(String fixture) throws IOException {
        Path source = Fixtures.directory(fixture);
        int pixels;
        try (PretrainedModel model = PretrainedModel.open(source)) {
            ClassifierConfig config = model.config();
            pixels = config.imageHeight() + config.imageHeight() / config.gridRows();
            TrainableClassifier larger = TrainableClassifier.fineTuning(model, model.labels(), DropRates.none(), 1)
                    .withImage(pixels, pixels);
            ClassifierWriter files = ClassifierWriter.like(source, larger.config(), model.labels());
            files.save(folder, larger.initialParameters());
        }
        ClassifierOptions options = Fixtures.options();
        try (ImageClassifier saved = ImageClassifier.load(folder, options);
                ImageClassifier sized = ImageClassifier.load(source, options.withImagePixels(pixels))) {
            assertEquals(sized.config(), saved.config());
            assertEquals(sized.processor().toString(), saved.processor().toString());
            RgbImage image = ImageDecoder.create().decode(Fixtures.image(fixture));
            Tensor input = sized.processor().process(image);
            Fixtures.assertClose("logits", sized.logits(input), saved.logits(input), 1e-5);
        }
    }

    @Test
    void timmCheckpointWithANewHeadIsSavedInTimmsLayout() throws IOException {
        Path source = Fixtures.directory("vit-timm");
        List<String> labels = List.of("glass", "paper");
        Files.writeString(folder.resolve("preprocessor_config.json"), "{}"); // of an earlier model
        try (PretrainedModel model = PretrainedModel.open(source)) {
            TrainableClassifier tuned = TrainableClassifier.fineTuning(model, labels, DropRates.none(), 1);
            ClassifierWriter.like(source, tuned.config(), labels).save(folder, tuned.initialParameters());
            try (PretrainedModel again = PretrainedModel.open(folder);
                    Checkpoint before = Checkpoint.open(source);
                    Checkpoint after = Checkpoint.open(folder)) {
                assertEquals(tuned.config(), again.config());
                assertEquals(labels, again.labels());
                assertEquals(before.names(), after.names());
                assertEquals("[2, 48]", after.info("head.weight").shape().toString());
            }
        }
        assertEquals(
                ImageProcessor.load(source).toString(),
                ImageProcessor.load(folder).toString());
        String config = Files.readString(folder.resolve("config.json"));
        assertTrue(config.contains("vit_tiny_patch16_224") && !config.contains("tabby cat"), config);
    }

    @Test
    void compactTransformerLoadsLikeAnyOtherAndExplains() throws IOException {
        CctConfig config = CctPresets.cct2().withClasses(2);
        Parameters weights = config.randomParameters(1);
        Preprocessing preprocessing = new Preprocessing(
                32, 32, Preprocessing.Fit.STRETCH, List.of(0.4914, 0.4822, 0.4465), List.of(0.247, 0.2435, 0.2616));
        ClassifierWriter.of(config, List.of("cat", "dog"), preprocessing).save(folder, weights);
        try (ImageClassifier classifier = ImageClassifier.load(folder)) {
            assertEquals(config, classifier.config());
            assertEquals(List.of("cat", "dog"), classifier.labels());
            RgbImage image = RgbImage.of(40, 50, new byte[40 * 50 * 3]);
            Explanation why = classifier.explain(image);
            assertEquals(
                    classifier.classify(image).best().probability(),
                    why.classification().best().probability(),
                    1e-6);
            for (Tensor map : List.of(why.reading(), why.rollout(), why.map(1), why.map(0, 1))) {
                assertEquals("[8, 8]", map.shape().toString());
                double sum = 0;
                for (float each : map.toFloats()) {
                    sum += each;
                }
                assertEquals(1, sum, 1e-5);
            }
            assertEquals(50, why.draw(why.reading()).width());
        }
    }

    @Test
    void cropIsReadBackAsSaved() throws IOException {
        CctConfig config = CctPresets.cct2().withImage(24, 32);
        Preprocessing preprocessing =
                new Preprocessing(24, 32, Preprocessing.Fit.CROP, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
        List<String> labels = IntStream.range(0, 10).mapToObj(i -> "c" + i).toList();
        ClassifierWriter.of(config, labels, preprocessing).save(folder, config.randomParameters(1));
        try (ImageClassifier classifier = ImageClassifier.load(folder)) {
            assertEquals(24, classifier.processor().height());
            assertEquals(32, classifier.processor().width());
        }
    }

    @Test
    void positionsAreResizedForAnotherImageSize() throws IOException {
        CctConfig config = CctPresets.cct2().withClasses(2);
        Preprocessing preprocessing =
                new Preprocessing(32, 32, Preprocessing.Fit.STRETCH, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
        ClassifierWriter.of(config, List.of("a", "b"), preprocessing).save(folder, config.randomParameters(1));
        try (ImageClassifier classifier =
                ImageClassifier.load(folder, ClassifierOptions.defaults().withImagePixels(48))) {
            assertEquals(144, classifier.config().tokenCount());
            assertEquals(
                    2,
                    classifier
                            .logits(classifier.processor().process(RgbImage.of(9, 9, new byte[243])))
                            .shape()
                            .size());
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CctConfig config = CctPresets.cct2();
        Preprocessing preprocessing =
                new Preprocessing(32, 32, Preprocessing.Fit.STRETCH, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
        String labels = assertThrows(
                        IllegalArgumentException.class,
                        () -> ClassifierWriter.of(config, List.of("one"), preprocessing))
                .getMessage();
        assertTrue(labels.contains("got 1 labels and 10 classes"), labels);
        ViTConfig noLayout = ViTConfig.builder()
                .classes(1)
                .head(new Head(Head.Pooling.PATCH_MEAN, Head.Norm.AFTER_POOLING))
                .build();
        String layout = assertThrows(
                        IllegalArgumentException.class,
                        () -> ClassifierWriter.of(noLayout, List.of("one"), preprocessing))
                .getMessage();
        assertTrue(layout.contains("must be of " + ClassifierFamilies.ALL.names("model_type")), layout);
    }

    /** The hub's configuration has a ratio for DINOv2's inner width; it must lead back to the very width. */
    @Test
    void everyInnerWidthOfDinov2IsReadBackAsItWas() {
        ViTConfig config =
                ViTPresets.dinov2Small().toBuilder().size(49, 1, 7).classes(1).build();
        for (int hidden = 1; hidden < 2000; hidden++) {
            ViTConfig each = config.toBuilder()
                    .feedForward(new Mlp(hidden, Activation.GELU))
                    .build();
            assertTrue(new HfDinov2().format(each, List.of("one")).isPresent(), "inner width " + hidden);
        }
    }

    /** A gated block of another width than the hub's ratio gives was saved as one of that width. */
    @Test
    void whatDoesNotReadBackIsNotWritten() {
        ViTConfig giant = ViTPresets.dinov2Giant().withClasses(1);
        assertTrue(new HfDinov2().format(giant, List.of("one")).isPresent());
        ViTConfig other = giant.toBuilder().feedForward(new SwiGlu(1000)).build();
        assertTrue(new HfDinov2().format(other, List.of("one")).isEmpty());
    }
}
