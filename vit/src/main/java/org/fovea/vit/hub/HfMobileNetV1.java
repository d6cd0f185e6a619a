package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.MobileNetV1Config;
import org.fovea.vit.model.MobileNetV1Encoder;

/**
 * MobileNetV1 in Hugging Face transformers: {@code MobileNetV1ForImageClassification}. A key of our own, {@code num_layers},
 * stands where a network stops earlier.
 *
 * @see <a href="https://arxiv.org/abs/1704.04861">Howard et al. 2017</a>
 */
final class HfMobileNetV1 implements HfFamily {
    static final String TYPE = "mobilenet_v1";

    private static final String LAYERS = "num_layers";
    private static final String PREFIX = TYPE + ".";
    private static final int HUB_CLASSES = 1001; // one more than ImageNet: the first class is "background"
    private static final double DROPOUT = 0.001; // the reference's default of 0.999 is the fraction kept
    private static final MobileNetV1Encoder STANDARD = MobileNetV1Encoder.standard();

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        HfConfig hf = new HfConfig(file);
        MobileNetV1Encoder encoder = encoder(file);
        return hf.spec(n -> new MobileNetV1Config(encoder, n), weights());
    }

    /** Encoder without the classifier. */
    static VisionTower tower(ConfigFile file) {
        return new VisionTower(encoder(file), weights());
    }

    /** Configuration with as many layers as have tensors, where the file does not give their number. */
    static ConfigFile stored(ConfigFile file, Set<String> tensors) {
        int layers = (int) IntStream.range(0, MobileNetV1Encoder.ALL_LAYERS)
                .takeWhile(i -> tensors.stream()
                        .anyMatch(name ->
                                name.startsWith("layer." + i + ".") || name.startsWith(PREFIX + "layer." + i + ".")))
                .count();
        return file.withDefaults(Map.of(LAYERS, Math.max(1, layers)));
    }

    /** Encoder with the defaults of the reference's {@code MobileNetV1Config}. */
    private static MobileNetV1Encoder encoder(ConfigFile file) {
        int[] image = file.sides("image_size", 1, ModelLimits.IMAGE_PIXELS)
                .orElse(new int[] {STANDARD.imageHeight(), STANDARD.imageWidth()});
        return new MobileNetV1Encoder(
                image[0],
                image[1],
                file.integer("num_channels", 1, ModelLimits.CHANNELS).orElse(STANDARD.channels()),
                file.number("depth_multiplier", 0, ModelLimits.CHANNELS).orElse(STANDARD.multiplier()),
                file.integer("min_depth", 1, ModelLimits.CHANNELS).orElse(STANDARD.leastChannels()),
                file.has("hidden_act") ? new HfConfig(file).activation() : STANDARD.activation(),
                file.flag("tf_padding").orElse(STANDARD.same()),
                file.number("layer_norm_eps", 0, 1).orElse(STANDARD.normEpsilon()),
                file.integer(LAYERS, 1, MobileNetV1Encoder.ALL_LAYERS).orElse(STANDARD.layers()));
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        if (!(config instanceof MobileNetV1Config net)) {
            return Optional.empty();
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("architectures", List.of("MobileNetV1" + HfConfig.CLASSIFIER));
        keys.putAll(keys(net.encoder()));
        keys.put("classifier_dropout_prob", DROPOUT);
        return Optional.of(new CheckpointFormat(keys, weights()));
    }

    /** Configuration keys that {@link #tower} reads. */
    static Map<String, Object> keys(MobileNetV1Encoder e) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_type", TYPE);
        boolean square = e.imageHeight() == e.imageWidth();
        out.put("image_size", square ? e.imageHeight() : List.of(e.imageHeight(), e.imageWidth()));
        out.put("num_channels", e.channels());
        out.put("depth_multiplier", e.multiplier());
        out.put("min_depth", e.leastChannels());
        out.put("hidden_act", e.activation().hubName());
        out.put("tf_padding", e.same());
        out.put("layer_norm_eps", e.normEpsilon());
        if (e.layers() < MobileNetV1Encoder.ALL_LAYERS) {
            out.put(LAYERS, e.layers());
        }
        return out;
    }

    private static NameTable weights() {
        NameTable.Builder names = NameTable.under(PREFIX)
                .ignore("*.num_batches_tracked")
                .row("stem", "conv_stem.convolution")
                .row("layers.*", "layer.*.convolution")
                .outside("head", "classifier");
        norm(names, "stem.norm", "conv_stem.normalization");
        norm(names, "layers.*.norm", "layer.*.normalization");
        return names.build();
    }

    private static void norm(NameTable.Builder names, String ours, String theirs) {
        names.row(ours, theirs)
                .row(ours + ".running_mean", theirs + ".running_mean")
                .row(ours + ".running_variance", theirs + ".running_var");
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> m = new LinkedHashMap<>();
        m.put("mobilenet_v1_1.0_224", () -> new MobileNetV1Config(STANDARD, HUB_CLASSES));
        m.put(
                "mobilenet_v1_0.75_192",
                () -> new MobileNetV1Config(STANDARD.withMultiplier(0.75).withImage(192, 192), HUB_CLASSES));
        return m;
    }
}
