package org.fovea.vit;

import static org.fovea.vit.PlainViT.add;
import static org.fovea.vit.PlainViT.concat;
import static org.fovea.vit.PlainViT.mean;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.engine.Backends;
import org.fovea.core.graph.Graph;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.vit.hub.ClassifierWriter;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints in the layouts for which there is no fixture, names and all, against {@link PlainViT}. */
class PlainParityTest {
    private static final int SIDE = 32;
    private static final int PATCH = 16;
    private static final int PATCHES = 4;
    private static final int WIDTH = 24;
    private static final int HEADS = 3;
    private static final int DEPTH = 2;
    private static final int CLASSES = 5;
    private static final int HIDDEN = 48;
    private static final int OFFSET_HIDDEN = 7;
    private static final double TIMM_EPSILON = 1e-6;

    @TempDir
    private Path directory;

    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    /** Registers, positions for patches alone, layer scale: what timm's DINOv2 with registers has. */
    @Test
    void timmRegistersWithoutEmbeddedClass() throws IOException {
        timmBlocks(true, true);
        embedding(PATCHES, true);
        shapes.put("cls_token", Shape.of(1, 1, WIDTH));
        shapes.put("reg_token", Shape.of(1, 2, WIDTH));
        layerNorm("norm");
        linear("head", CLASSES, WIDTH);
        check(timm("vit_small_patch14_reg4_dinov2", "\"reg_tokens\": 2"), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] x = concat(
                    vit.tokens("cls_token"), vit.tokens("reg_token"), add(patches(vit), vit.tokens("pos_embed")));
            return vit.linear("head", first(vit.norm("norm", blocks(vit, x, true))))[0];
        });
    }

    /** Registers with positions of their own. */
    @Test
    void timmRegistersWithPositions() throws IOException {
        timmBlocks(true, false);
        embedding(1 + 2 + PATCHES, true);
        shapes.put("cls_token", Shape.of(1, 1, WIDTH));
        shapes.put("reg_token", Shape.of(1, 2, WIDTH));
        layerNorm("norm");
        linear("head", CLASSES, WIDTH);
        check(timm("vit_base_patch16_224", "\"reg_tokens\": 2"), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] x = add(
                    concat(vit.tokens("cls_token"), vit.tokens("reg_token"), patches(vit)), vit.tokens("pos_embed"));
            return vit.linear("head", first(vit.norm("norm", blocks(vit, x, false))))[0];
        });
    }

    /** Average pooling without a class token, the norm after it, no qkv bias. */
    @Test
    void timmAverageWithFcNorm() throws IOException {
        timmBlocks(false, false);
        embedding(PATCHES, true);
        layerNorm("fc_norm");
        linear("head", CLASSES, WIDTH);
        check(
                timm("vit_base_patch16_224", "\"class_token\": false, \"global_pool\": \"avg\", \"qkv_bias\": false"),
                w -> {
                    PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
                    double[][] x = blocks(vit, add(patches(vit), vit.tokens("pos_embed")), false);
                    return vit.linear("head", vit.norm("fc_norm", new double[][] {mean(x)}))[0];
                });
    }

    /** Average pooling beside a class token, which it leaves out, the norm before it. */
    @Test
    void timmAverageWithoutFcNorm() throws IOException {
        timmBlocks(true, false);
        embedding(1 + PATCHES, true);
        shapes.put("cls_token", Shape.of(1, 1, WIDTH));
        layerNorm("norm");
        linear("head", CLASSES, WIDTH);
        check(timm("vit_base_patch16_224", "\"global_pool\": \"avg\", \"fc_norm\": false"), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] x = add(concat(vit.tokens("cls_token"), patches(vit)), vit.tokens("pos_embed"));
            double[][] y = vit.norm("norm", blocks(vit, x, false));
            return vit.linear("head", new double[][] {mean(Arrays.copyOfRange(y, 1, y.length))})[0];
        });
    }

    /** SigLIP's pooling by attention, without a class token; and with registers, which it does not read. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void timmAttentionPooling(int registers) throws IOException {
        timmBlocks(true, false);
        embedding(registers + PATCHES, true);
        if (registers > 0) {
            shapes.put("reg_token", Shape.of(1, registers, WIDTH));
        }
        layerNorm("norm");
        shapes.put("attn_pool.latent", Shape.of(1, 1, WIDTH));
        linear("attn_pool.q", WIDTH, WIDTH);
        linear("attn_pool.kv", 2 * WIDTH, WIDTH);
        linear("attn_pool.proj", WIDTH, WIDTH);
        layerNorm("attn_pool.norm");
        linear("attn_pool.mlp.fc1", HIDDEN, WIDTH);
        linear("attn_pool.mlp.fc2", WIDTH, HIDDEN);
        linear("head", CLASSES, WIDTH);
        check(timm("vit_so150m_patch16_reg4_map_256", "\"reg_tokens\": " + registers), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] tokens = registers > 0 ? concat(vit.tokens("reg_token"), patches(vit)) : patches(vit);
            double[][] y = vit.norm("norm", blocks(vit, add(tokens, vit.tokens("pos_embed")), false));
            return vit.linear("head", vit.attentionPool(Arrays.copyOfRange(y, registers, y.length)))[0];
        });
        survivesSaving();
    }

    /** Biases by offset in each block, a class token that has none, no positions. */
    @Test
    void timmRelativePositions() throws IOException {
        timmBlocks(false, true);
        embedding(PATCHES, true);
        shapes.remove("pos_embed");
        shapes.put("cls_token", Shape.of(1, 1, WIDTH));
        for (int i = 0; i < DEPTH; i++) {
            linear("blocks." + i + ".attn.rel_pos.mlp.fc1", OFFSET_HIDDEN, 2);
            linear("blocks." + i + ".attn.rel_pos.mlp.fc2", HEADS, OFFSET_HIDDEN);
        }
        layerNorm("norm");
        linear("head", CLASSES, WIDTH);
        check(timm("vit_relpos_base_patch16_cls_224", "\"rel_pos_dim\": " + OFFSET_HIDDEN), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] x = concat(vit.tokens("cls_token"), patches(vit));
            for (int i = 0; i < DEPTH; i++) {
                x = vit.biasedBlock(i, x, vit.offsetBias("blocks." + i + ".attn.rel_pos.mlp", 1, SIDE / PATCH));
            }
            return vit.linear("head", first(vit.norm("norm", x)))[0];
        });
        survivesSaving();
    }

    /** One map from offset to bias for all blocks. */
    @Test
    void timmSharedRelativePositions() throws IOException {
        timmBlocks(false, true);
        embedding(PATCHES, true);
        shapes.remove("pos_embed");
        linear("shared_rel_pos.mlp.fc1", OFFSET_HIDDEN, 2);
        linear("shared_rel_pos.mlp.fc2", HEADS, OFFSET_HIDDEN);
        layerNorm("norm");
        linear("head", CLASSES, WIDTH);
        check(timm("vit_srelpos_small_patch16_224", "\"rel_pos_dim\": " + OFFSET_HIDDEN), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] x = patches(vit);
            for (int i = 0; i < DEPTH; i++) {
                x = vit.biasedBlock(i, x, vit.offsetBias("shared_rel_pos.mlp", 0, SIDE / PATCH));
            }
            return vit.linear("head", new double[][] {mean(vit.norm("norm", x))})[0];
        });
        survivesSaving();
    }

    /** Norms at the end of the residual branches, with positions and with biases by offset. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void timmResidualPostNorm(boolean relative) throws IOException {
        timmBlocks(false, false);
        embedding(PATCHES, true);
        if (relative) {
            shapes.remove("pos_embed");
            for (int i = 0; i < DEPTH; i++) {
                linear("blocks." + i + ".attn.rel_pos.mlp.fc1", OFFSET_HIDDEN, 2);
                linear("blocks." + i + ".attn.rel_pos.mlp.fc2", HEADS, OFFSET_HIDDEN);
            }
        }
        String norm = relative ? "norm" : "fc_norm";
        layerNorm(norm);
        linear("head", CLASSES, WIDTH);
        String name = relative ? "vit_relpos_base_patch16_rpn_224" : "vit_base_patch16_rpn_224";
        String args = relative ? "\"rel_pos_dim\": " + OFFSET_HIDDEN : "\"init_values\": 1e-5";
        check(timm(name, args), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] x = relative ? patches(vit) : add(patches(vit), vit.tokens("pos_embed"));
            for (int i = 0; i < DEPTH; i++) {
                double[][][] bias = relative
                        ? vit.offsetBias("blocks." + i + ".attn.rel_pos.mlp", 0, SIDE / PATCH)
                        : new double[HEADS][PATCHES][PATCHES];
                x = vit.postNormBlock(i, x, bias);
            }
            double[][] pooled = {mean(relative ? vit.norm(norm, x) : x)};
            return vit.linear("head", relative ? pooled : vit.norm(norm, pooled))[0];
        });
        survivesSaving();
    }

    /** CLIP's image tower: a norm before the blocks, no patch bias, another epsilon. */
    @Test
    void timmClip() throws IOException {
        timmBlocks(true, false);
        embedding(1 + PATCHES, false);
        shapes.put("cls_token", Shape.of(1, 1, WIDTH));
        layerNorm("norm_pre");
        layerNorm("norm");
        linear("head", CLASSES, WIDTH);
        check(timm("vit_base_patch16_clip_224", "\"fc_norm\": false"), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, 1e-5);
            double[][] x = add(concat(vit.tokens("cls_token"), patches(vit)), vit.tokens("pos_embed"));
            double[][] y = blocks(vit, vit.norm("norm_pre", x), false);
            return vit.linear("head", first(vit.norm("norm", y)))[0];
        });
    }

    /** DeiT's two heads under timm's names. */
    @Test
    void timmDistilled() throws IOException {
        timmBlocks(true, false);
        embedding(2 + PATCHES, true);
        shapes.put("cls_token", Shape.of(1, 1, WIDTH));
        shapes.put("dist_token", Shape.of(1, 1, WIDTH));
        layerNorm("norm");
        linear("head", CLASSES, WIDTH);
        linear("head_dist", CLASSES, WIDTH);
        check(timm("deit_tiny_distilled_patch16_224", "\"drop_rate\": 0.1"), w -> {
            PlainViT vit = new PlainViT(w, WIDTH, HEADS, TIMM_EPSILON);
            double[][] x = add(
                    concat(vit.tokens("cls_token"), vit.tokens("dist_token"), patches(vit)), vit.tokens("pos_embed"));
            double[][] y = vit.norm("norm", blocks(vit, x, false));
            double[][] both = {
                vit.linear("head", new double[][] {y[0]})[0], vit.linear("head_dist", new double[][] {y[1]})[0]
            };
            return mean(both);
        });
    }

    /** Transformers' DINOv2 with registers and SwiGLU. */
    @Test
    void hubDinov2WithRegistersAndGate() throws IOException {
        String root = "dinov2_with_registers.";
        shapes.put(root + "embeddings.cls_token", Shape.of(1, 1, WIDTH));
        shapes.put(root + "embeddings.mask_token", Shape.of(1, WIDTH));
        shapes.put(root + "embeddings.register_tokens", Shape.of(1, 2, WIDTH));
        shapes.put(root + "embeddings.position_embeddings", Shape.of(1, 1 + PATCHES, WIDTH));
        shapes.put(root + "embeddings.patch_embeddings.projection.weight", Shape.of(WIDTH, 3, PATCH, PATCH));
        shapes.put(root + "embeddings.patch_embeddings.projection.bias", Shape.of(WIDTH));
        for (int i = 0; i < DEPTH; i++) {
            String layer = root + "encoder.layer." + i + ".";
            for (String part : new String[] {"query", "key", "value"}) {
                linear(layer + "attention.attention." + part, WIDTH, WIDTH);
            }
            linear(layer + "attention.output.dense", WIDTH, WIDTH);
            layerNorm(layer + "norm1");
            layerNorm(layer + "norm2");
            shapes.put(layer + "layer_scale1.lambda1", Shape.of(WIDTH));
            shapes.put(layer + "layer_scale2.lambda1", Shape.of(WIDTH));
            linear(layer + "mlp.weights_in", 2 * 64, WIDTH); // 24·4·2/3 = 64
            linear(layer + "mlp.weights_out", WIDTH, 64);
        }
        layerNorm(root + "layernorm");
        linear("classifier", CLASSES, 2 * WIDTH);
        String config = "{\"model_type\": \"dinov2_with_registers\", \"architectures\":"
                + " [\"Dinov2WithRegistersForImageClassification\"], \"image_size\": 32, \"patch_size\": 16,"
                + " \"hidden_size\": 24, \"num_hidden_layers\": 2, \"num_attention_heads\": 3, \"num_register_tokens\": 2,"
                + " \"use_swiglu_ffn\": true, \"mlp_ratio\": 4}";
        check(config, w -> {
            PlainViT vit = new PlainViT(name -> hub(root, w, name), WIDTH, HEADS, 1e-6);
            double[][] x = add(concat(vit.tokens("cls_token"), patches(vit)), vit.tokens("pos_embed"));
            x = concat(first(x), vit.tokens("reg_token"), Arrays.copyOfRange(x, 1, x.length));
            for (int i = 0; i < DEPTH; i++) {
                x = vit.block(i, x, true, true);
            }
            double[][] y = vit.norm("norm", x);
            double[] patchMean = mean(Arrays.copyOfRange(y, 3, y.length));
            double[] both = DoubleStream.concat(Arrays.stream(y[0]), Arrays.stream(patchMean))
                    .toArray();
            return vit.linear("head", new double[][] {both})[0];
        });
    }

    /** timm's name to transformers'. */
    private static double[] hub(String root, Function<String, double[]> weights, String name) {
        if (name.equals("pixels")) {
            return weights.apply(name);
        }
        if (name.startsWith("head")) {
            return weights.apply(name.replace("head", "classifier"));
        }
        if (name.contains("attn.qkv")) {
            String layer = root + "encoder.layer." + name.charAt(7) + ".attention.attention.";
            String kind = name.substring(name.lastIndexOf('.'));
            return Stream.of("query", "key", "value")
                    .flatMapToDouble(part -> Arrays.stream(weights.apply(layer + part + kind)))
                    .toArray();
        }
        return weights.apply(root
                + name.replace("patch_embed.proj", "embeddings.patch_embeddings.projection")
                        .replace("cls_token", "embeddings.cls_token")
                        .replace("reg_token", "embeddings.register_tokens")
                        .replace("pos_embed", "embeddings.position_embeddings")
                        .replace("blocks.", "encoder.layer.")
                        .replace("attn.proj", "attention.output.dense")
                        .replace("ls1.gamma", "layer_scale1.lambda1")
                        .replace("ls2.gamma", "layer_scale2.lambda1")
                        .replace("mlp.fc1", "mlp.weights_in")
                        .replace("mlp.fc2", "mlp.weights_out")
                        .replaceFirst("^norm\\.", "layernorm."));
    }

    private void check(String config, Function<Function<String, double[]>, double[]> plain) throws IOException {
        CheckpointFiles.random(directory, config, shapes);
        Tensor pixels = Initializers.truncatedNormal(1).create("pixels", Shape.of(1, 3, SIDE, SIDE), 7);
        Map<String, double[]> weights = new HashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"))) {
            file.names().forEach(name -> weights.put(name, file.tensor(name).toDoubles()));
        }
        weights.put("pixels", pixels.toDoubles());
        double[] expected = plain.apply(weights::get);
        try (PretrainedModel model = PretrainedModel.open(directory)) {
            WeightSource parameters = model.config().inferenceParameters(model.parameters(), model.config());
            for (String backend : Backends.names()) {
                Graph graph = model.config().inferenceGraph(1, Set.of());
                try (Program program = Backends.named(backend).compile(graph, parameters, Precision.F32)) {
                    Tensor logits =
                            program.run(Map.of(ClassifierConfig.PIXELS, pixels)).get(ClassifierConfig.LOGITS);
                    Fixtures.assertClose(backend + " logits", Tensor.of(expected, 1, CLASSES), logits, 1e-4);
                }
            }
        }
    }

    /** The checkpoint of {@link #check} saved in its own layout holds the same tensors and opens as the same model. */
    private void survivesSaving() throws IOException {
        Path copy = directory.resolve("copy");
        try (PretrainedModel model = PretrainedModel.open(directory)) {
            ClassifierWriter.like(directory, model.config(), model.labels()).save(copy, model.parameters());
            try (PretrainedModel again = PretrainedModel.open(copy);
                    SafetensorsFile before = SafetensorsFile.open(directory.resolve("model.safetensors"));
                    SafetensorsFile after = SafetensorsFile.open(copy.resolve("model.safetensors"))) {
                assertEquals(model.config(), again.config());
                assertEquals(before.names(), after.names());
                for (String name : before.names()) {
                    assertArrayEquals(
                            before.tensor(name).toFloats(), after.tensor(name).toFloats(), name);
                }
            }
        }
    }

    private static String timm(String architecture, String args) {
        return "{\"architecture\": \"" + architecture + "\", \"num_classes\": 5, \"model_args\": {\"img_size\": 32,"
                + " \"patch_size\": 16, \"embed_dim\": 24, \"depth\": 2, \"num_heads\": 3, \"mlp_ratio\": 2,"
                + " \"act_layer\": \"quick_gelu\", " + args + "}, \"pretrained_cfg\": {\"input_size\": [3, 64, 64]}}";
    }

    private void timmBlocks(boolean qkvBias, boolean layerScale) {
        for (int i = 0; i < DEPTH; i++) {
            String block = "blocks." + i + ".";
            layerNorm(block + "norm1");
            layerNorm(block + "norm2");
            linear(block + "attn.qkv", 3 * WIDTH, WIDTH);
            if (!qkvBias) {
                shapes.remove(block + "attn.qkv.bias");
            }
            linear(block + "attn.proj", WIDTH, WIDTH);
            linear(block + "mlp.fc1", HIDDEN, WIDTH);
            linear(block + "mlp.fc2", WIDTH, HIDDEN);
            if (layerScale) {
                shapes.put(block + "ls1.gamma", Shape.of(WIDTH));
                shapes.put(block + "ls2.gamma", Shape.of(WIDTH));
            }
        }
    }

    private void embedding(int positions, boolean patchBias) {
        linear("patch_embed.proj", WIDTH, 1);
        shapes.put("patch_embed.proj.weight", Shape.of(WIDTH, 3, PATCH, PATCH));
        if (!patchBias) {
            shapes.remove("patch_embed.proj.bias");
        }
        shapes.put("pos_embed", Shape.of(1, positions, WIDTH));
    }

    private void linear(String name, int out, int in) {
        shapes.put(name + ".weight", Shape.of(out, in));
        shapes.put(name + ".bias", Shape.of(out));
    }

    private void layerNorm(String name) {
        shapes.put(name + ".weight", Shape.of(WIDTH));
        shapes.put(name + ".bias", Shape.of(WIDTH));
    }

    private static double[][] patches(PlainViT vit) {
        return vit.patches(SIDE, PATCH);
    }

    private static double[][] blocks(PlainViT vit, double[][] tokens, boolean layerScale) {
        double[][] x = tokens;
        for (int i = 0; i < DEPTH; i++) {
            x = vit.block(i, x, layerScale, false);
        }
        return x;
    }

    private static double[][] first(double[][] rows) {
        return new double[][] {rows[0]};
    }
}
