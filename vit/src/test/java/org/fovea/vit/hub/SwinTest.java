package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Checkpoint;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.Explanation;
import org.fovea.vit.Fixtures;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.Presets;
import org.fovea.vit.model.SwinConfig;
import org.fovea.vit.model.SwinPresets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwinTest {
    @TempDir
    Path folder;

    /** Counts of the authors' and timm's model cards; those of windows of 12 are published rounded, 87.90 and 196.74 million. */
    @ParameterizedTest
    @CsvSource({
        "swin-tiny-patch4-window7-224, 28288354",
        "swin-small-patch4-window7-224, 49606258",
        "swin-base-patch4-window7-224, 87768224",
        "swin-large-patch4-window7-224, 196532476",
        "swin_tiny_patch4_window7_224, 28288354",
        "swin_small_patch4_window7_224.ms_in22k_ft_in1k, 49606258",
        "swin_base_patch4_window7_224, 87768224",
        "swin_base_patch4_window12_384, 87903584",
        "swin_large_patch4_window7_224, 196532476",
        "swin_large_patch4_window12_384, 196735516"
    })
    void presetsHaveThePublishedNumberOfWeights(String name, long weights) {
        assertEquals(weights, Presets.named(name).parameterCount());
    }

    /** The fixture's weights under timm's names give the fixture's logits. */
    @Test
    void timmsNamesAreThoseOfTheSameModel() throws IOException {
        try (ImageClassifier ours = Fixtures.classifier("swin")) {
            Tensor pixels = Fixtures.expected("swin").get("pixel_values");
            Tensor expected = ours.logits(pixels);
            timmCopy(folder);
            try (ImageClassifier timm = ImageClassifier.load(folder, Fixtures.options())) {
                Fixtures.assertClose("logits", expected, timm.logits(pixels), 1e-6);
                assertEquals(ours.config(), timm.config());
            }
        }
    }

    private static void timmCopy(Path folder) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        try (Checkpoint checkpoint = Checkpoint.open(Fixtures.directory("swin"))) {
            for (String name : checkpoint.names()) {
                String theirs = timmName(name);
                if (name.contains("attention.self.query")) {
                    List<Tensor> parts = Stream.of("query", "key", "value")
                            .map(part -> checkpoint.tensor(name.replace("query", part)))
                            .toList();
                    Shape part = parts.get(0).shape();
                    float[] all = new float[3 * (int) part.size()];
                    for (int i = 0; i < 3; i++) {
                        System.arraycopy(parts.get(i).toFloats(), 0, all, i * (int) part.size(), (int) part.size());
                    }
                    writer.add(
                            theirs, Tensor.of(all, part.with(0, 3 * part.dim(0)).toArray()));
                } else if (!name.contains("attention.self.key") && !name.contains("attention.self.value")) {
                    Tensor tensor = checkpoint.tensor(name);
                    writer.add(theirs, DType.F32, tensor.shape(), () -> tensor);
                }
            }
            writer.write(folder.resolve("model.safetensors"));
        }
        Files.writeString(folder.resolve("config.json"), """
                {"architecture": "swin_tiny_patch4_window7_224", "num_classes": 5,
                 "model_args": {"img_size": 64, "embed_dim": 16, "depths": [2, 2], "num_heads": [2, 4], "window_size": 4},
                 "pretrained_cfg": {"input_size": [3, 64, 64], "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5],
                   "interpolation": "bicubic", "crop_pct": 1.0, "label_names": ["a", "b", "c", "d", "e"]}}
                """);
    }

    private static String timmName(String name) {
        return name.replace("swin.layernorm", "norm")
                .replace("swin.embeddings.patch_embeddings.projection", "patch_embed.proj")
                .replace("swin.embeddings.norm", "patch_embed.norm")
                .replace("swin.encoder.layers.0.downsample", "layers.1.downsample")
                .replace("swin.encoder.", "")
                .replace("layernorm_before", "norm1")
                .replace("layernorm_after", "norm2")
                .replace("attention.self.query", "attn.qkv")
                .replace("attention.self.relative_position_bias_table", "attn.relative_position_bias_table")
                .replace("attention.output.dense", "attn.proj")
                .replace("intermediate.dense", "mlp.fc1")
                .replace("output.dense", "mlp.fc2")
                .replace("classifier", "head.fc");
    }

    @Test
    void timmRefusesGridsThatWindowsDoNotFill() {
        ConfigFile file = ConfigFile.of(
                Path.of("config.json"),
                Map.of("architecture", "swin_tiny_patch4_window7_224", "model_args", Map.of("img_size", 256)));
        var e = assertThrows(ModelFormatException.class, () -> new TimmSwin().read(file));
        assertTrue(e.getMessage().contains("multiples of the window, 7, got 64x64 in stage 0"), e.getMessage());
    }

    @Test
    void whatIsWrittenReadsBack() {
        SwinConfig config = SwinPresets.small(5, 160).withClasses(3).withImage(96, 128);
        var format = new HfSwin().format(config, List.of("a", "b", "c")).orElseThrow();
        ConfigFile file = ConfigFile.of(Path.of("config.json"), format.config());
        assertEquals(config, new HfSwin().read(file).config().apply(3));
    }

    /** Of an image size that windows do not fill, prepared biases and looked-up ones give the same. */
    @Test
    void paddedGridsComputeAlikeInEveryMode() {
        try (ImageClassifier classifier = ImageClassifier.load(
                Fixtures.directory("swin"), Fixtures.options().withImagePixels(72))) {
            Explanation why = classifier.explain(ImageDecoder.create().decode(Fixtures.image("swin")));
            assertEquals(1, why.layers());
            assertEquals(Shape.of(9, 9), why.rollout().shape());
            assertTrue(why.classification().best().probability() > 0);
        }
    }

    @Test
    void aMapOfTheLastStageSumsToOne() {
        try (ImageClassifier classifier = Fixtures.classifier("swin")) {
            Explanation why = classifier.explain(ImageDecoder.create().decode(Fixtures.image("swin")));
            double sum = 0;
            for (double share : why.map(0).toDoubles()) {
                sum += share;
            }
            assertEquals(1, sum, 1e-5);
        }
    }

    @Test
    void wrongStagesAreRefused() {
        ConfigFile file = ConfigFile.of(
                Path.of("config.json"), Map.of("model_type", "swin", "depths", List.of(2, 2), "num_heads", List.of(3)));
        var e = assertThrows(ModelFormatException.class, () -> new HfSwin().read(file));
        assertTrue(e.getMessage().contains("num_heads"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> SwinPresets.tiny(7, 224)
                .learnedParameters(null, SwinPresets.small(7, 224)));
    }
}
