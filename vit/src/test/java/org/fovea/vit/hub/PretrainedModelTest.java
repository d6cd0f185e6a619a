package org.fovea.vit.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.ModelFormatException;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.CheckpointFiles;
import org.fovea.vit.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PretrainedModelTest {
    @TempDir
    private Path directory;

    @Test
    void labelsComeFromTheConfiguration() {
        List<String> labels = List.of("tabby cat", "coffee mug", "rocket", "astronaut", "stone wall");
        try (PretrainedModel hub = PretrainedModel.open(Fixtures.directory("vit-hf"));
                PretrainedModel timm = PretrainedModel.open(Fixtures.directory("vit-timm"))) {
            assertEquals(labels, hub.labels());
            assertEquals(labels, timm.labels());
            assertEquals(hub.config().parameterCount(), hub.parameters().count());
        }
    }

    @Test
    void classesWithoutNamesAreNumbered() throws IOException {
        CheckpointFiles.configured(directory, "vit-timm", "\"label_names\"", "\"other\"");
        try (PretrainedModel model = PretrainedModel.open(directory)) {
            assertEquals(List.of("class 0", "class 1", "class 2", "class 3", "class 4"), model.labels());
        }
    }

    @Test
    void everyTensorThatDoesNotFitIsListed() throws IOException {
        CheckpointFiles.changed(directory, "vit-hf", tensors -> {
            tensors.remove("vit.encoder.layer.1.attention.attention.key.weight");
            tensors.remove("vit.layernorm.bias");
            tensors.put("vit.encoder.layer.7.output.dense.bias", Tensor.of(new float[48], 48));
            tensors.put("vit.encoder.layer.2.output.dense.weight", Tensor.of(new float[96], 48, 2));
        });
        String message = refused();
        for (String part : List.of(
                "vit.encoder.layer.1.attention.attention.key.weight (for blocks.1.attention.qkv.weight [144, 48])",
                "vit.layernorm.bias (for norm.shift [48])",
                "1 not used by the model",
                "vit.encoder.layer.7.output.dense.bias F32 [48]",
                "vit.encoder.layer.2.output.dense.weight must be [48, 96], got [48, 2]")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
    }

    @Test
    void tensorsThatClassificationDoesNotNeedMayBeThere() throws IOException {
        CheckpointFiles.changed(directory, "vit-hf", tensors -> {
            tensors.put("vit.pooler.dense.weight", Tensor.of(new float[4], 2, 2));
            tensors.put("vit.embeddings.mask_token", Tensor.of(new float[48], 1, 1, 48));
        });
        PretrainedModel.open(directory).close();
    }

    @Test
    void checkpointWithoutClassifierIsRefused() throws IOException {
        CheckpointFiles.changed(
                directory, "dinov2-hf", tensors -> tensors.keySet().removeIf(name -> name.startsWith("classifier")));
        String message = refused();
        assertTrue(message.contains("tensor 'classifier.weight' must be there for a classifier"), message);
    }

    @Test
    void missingConfigurationSaysWhatToGive() throws IOException {
        String none = refused(directory.resolve("nowhere"));
        assertTrue(none.contains("got no such directory. Give the directory"), none);
        String empty = refused();
        assertTrue(empty.contains("config.json: a checkpoint directory must hold this file"), empty);
        Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"vit\", ");
        String cut = refused();
        assertTrue(cut.contains("config.json: must be JSON, got at line 1"), cut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vit-hf | \"model_type\": \"vit\" | \"model_type\": \"bert\" | \"model_type\" must be one of [vit, deit",
                "vit-hf | \"hidden_size\": 48 | \"hidden_size\": \"48\" | \"hidden_size\" must be a whole number from 1 to 65536,"
                        + " got \"48\"",
                "vit-hf | \"hidden_size\": 48 | \"hidden_size\": 9e99 | \"hidden_size\" must be a whole number from 1 to 65536",
                "vit-hf | \"num_hidden_layers\": 3 | \"num_hidden_layers\": 1000000 | from 1 to 1024, got 1000000",
                "vit-hf | \"num_attention_heads\": 3 | \"num_attention_heads\": 5 | heads must be a positive divisor of width",
                "vit-hf | \"hidden_act\": \"gelu\" | \"hidden_act\": \"mish\" | \"hidden_act\" must be one of [gelu, gelu_new,",
                "vit-hf | \"layer_norm_eps\": 1e-12 | \"layer_norm_eps\": NaN | \"layer_norm_eps\" must be a number from 0.0 to",
                "vit-hf | \"layer_norm_eps\": 1e-12 | \"layer_norm_eps\": 1e-300 | 0 or at least 1.17549435E-38 in size",
                "vit-hf | \"qkv_bias\": true | \"qkv_bias\": 1 | \"qkv_bias\" must be true or false, got 1",
                "vit-hf | \"image_size\": 32 | \"image_size\": [32] | or two of them, [height, width], got [32]",
                "vit-hf | \"image_size\": 32 | \"image_size\": 7 | imageHeight must be at least patchPixels, got 7 and 8",
                "vit-hf | \"patch_size\": 8 | \"patch_size\": [8, 4] | \"patch_size\" must be square, got 8x4",
                "vit-hf | \"4\": \"stone wall\" | \"7\": \"stone wall\" | \"id2label.4\" must be given",
                "vit-hf | ViTForImageClassification | ViTModel | This checkpoint has no classifier head",
                "vit-hf | \"3\": \"astronaut\", | | ",
                "deit-hf | WithTeacher | ForNobody | \"architectures\" must name a classifier",
                "dinov2-hf | Dinov2ForImageClassification | Dinov2Model | facebook/dinov2-small-imagenet1k-1-layer",
                "dinov2-hf | \"mlp_ratio\": 3 | \"mlp_ratio\": -3 | \"mlp_ratio\" must be a number from",
                "vit-timm | vit_tiny_patch16_224 | resnet50 | \"architecture\" must be one of [vit_{tiny",
                "vit-timm | \"depth\": 3 | \"depth\": 3, \"qk_norm\": true | \"model_args.qk_norm\" must be absent",
                "vit-timm | \"depth\": 3 | \"depth\": 3, \"global_pool\": \"max\" | \"global_pool\" must be token, avg or map",
                "vit-timm | \"num_classes\": 5, | \"num_classes\": 0, | This checkpoint has no classifier head",
                "vit-timm | \"stone wall\" | \"stone wall\", \"sky\" | the number of labels must equal the rows of 'head.weight'",
            })
    void wrongConfigurationNamesKeyRuleAndValue(String fixture, String part, String replacement, String text)
            throws IOException {
        String with = Optional.ofNullable(replacement).orElse("");
        CheckpointFiles.configured(directory, fixture, part, with);
        String message = refused();
        assertTrue(message.startsWith(directory.resolve("config.json").toString()), message);
        assertTrue(message.contains(Optional.ofNullable(text).orElse("must be given")), message);
    }

    @Test
    void weightsThatAreNoFileOfTorchSayHowToConvertThem() throws IOException {
        CheckpointFiles.changed(directory, "vit-hf", tensors -> {});
        Files.move(directory.resolve("model.safetensors"), directory.resolve("pytorch_model.bin"));
        String message = refused();
        assertTrue(message.contains("must be the zip file") && message.contains("Convert the weights once"), message);
    }

    private String refused() {
        return refused(directory);
    }

    private static String refused(Path path) {
        return assertThrows(ModelFormatException.class, () -> PretrainedModel.open(path)
                        .close())
                .getMessage();
    }
}
