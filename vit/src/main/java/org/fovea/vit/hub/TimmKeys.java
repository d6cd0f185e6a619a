package org.fovea.vit.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.ModelLimits;
import org.fovea.vit.model.ClassifierConfig;

/**
 * The keys of {@code config.json} that timm's architectures share: {@code model_args} come first, {@code pretrained_cfg} gives
 * image size and classes where they do not.
 *
 * @param args object {@code model_args}; without keys in older files
 * @param pretrained object {@code pretrained_cfg}; older files have its keys at the top level
 */
record TimmKeys(ConfigFile file, ConfigFile args, ConfigFile pretrained) {
    /** Arguments that affect only training or the initialization of weights. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "drop_rate",
            "pos_drop_rate",
            "patch_drop_rate",
            "proj_drop_rate",
            "attn_drop_rate",
            "drop_path_rate",
            "weight_init",
            "fix_init",
            "dynamic_img_size",
            "strict_img_size",
            "dynamic_img_pad");

    private static final int CLASSES = 1000;

    /** Arguments that every architecture accepts. */
    private static final Set<String> COMMON = Set.of(
            "img_size", "patch_size", "in_chans", "num_classes", "global_pool", "embed_dim", "num_heads", "mlp_ratio");

    /** Name of the architecture, if it matches a pattern; empty for files that are not timm's. */
    static Optional<Matcher> architecture(ConfigFile file, Pattern form) {
        return file.has("model_type")
                ? Optional.empty()
                : file.text("architecture").map(form::matcher).filter(Matcher::matches);
    }

    /** Reads the keys of a file and checks that all of them are understood. */
    static TimmKeys of(ConfigFile file, Set<String> understood) {
        TimmKeys keys = of(file);
        keys.checkArgs(understood);
        return keys;
    }

    private static TimmKeys of(ConfigFile file) {
        return new TimmKeys(
                file,
                file.object("model_args").orElse(ConfigFile.empty(file.file(), "model_args.")),
                file.object("pretrained_cfg").orElse(file));
    }

    /** Configuration with 1,000 classes that the name alone determines; empty when the family does not know it. */
    static Optional<ClassifierConfig> named(ClassifierFamily family, String name) {
        ConfigFile file = ConfigFile.of(Path.of("config.json"), Map.of(family.key(), name));
        return family.recognizes(file) ? Optional.of(family.read(file).config().apply(CLASSES)) : Optional.empty();
    }

    /** Refuses arguments that change the model in an unsupported way. */
    private void checkArgs(Set<String> ofArchitecture) {
        Set<String> understood = new TreeSet<>(ofArchitecture);
        understood.addAll(COMMON);
        for (String key : new TreeSet<>(args.keys())) {
            if (!understood.contains(key) && !WITHOUT_EFFECT.contains(key) && args.has(key)) {
                throw args.error(
                        key,
                        "must be absent: of model_args only " + understood + " are understood",
                        "one",
                        "This variant of the architecture is not supported.");
            }
        }
    }

    /** Copy with arguments for those that the file does not give. */
    TimmKeys withDefaults(Map<String, ?> arguments) {
        return new TimmKeys(file, args.withDefaults(arguments), pretrained);
    }

    /** Height and width of the image. */
    int[] image(int byDefault) {
        return args.sides("img_size", 1, ModelLimits.IMAGE_PIXELS)
                .or(() -> inputSize().map(size -> new int[] {size.get(1), size.get(2)}))
                .orElseGet(() -> new int[] {byDefault, byDefault});
    }

    /**
     * Returns whether pixels beyond the last whole patch are ignored. timm ignores them where the image size is fixed, and
     * otherwise refuses the image or pads it.
     */
    boolean crops() {
        return args.flag("strict_img_size").orElse(true)
                && !args.flag("dynamic_img_size").orElse(false)
                && !args.flag("dynamic_img_pad").orElse(false);
    }

    int channels() {
        return args.integer("in_chans", 1, ModelLimits.CHANNELS)
                .or(() -> inputSize().map(size -> size.get(0)))
                .orElse(3);
    }

    /** Size of the input: {@code [channels, height, width]}. */
    private Optional<List<Integer>> inputSize() {
        Optional<List<Integer>> size = pretrained.integers("input_size", 1, ModelLimits.IMAGE_PIXELS);
        if (size.isPresent() && size.get().size() != 3) {
            throw pretrained.error(
                    "input_size", "must be [channels, height, width]", size.get(), "Download the file again.");
        }
        return size;
    }

    /** Pooling, by timm's name. */
    String pooling(String byDefault) {
        return args.text("global_pool")
                .or(() -> pretrained.text("global_pool"))
                .or(() -> file.text("global_pool"))
                .orElse(byDefault);
    }

    Optional<List<String>> labels() {
        return pretrained.texts("label_names").or(() -> file.texts("label_names"));
    }

    Optional<Integer> classes() {
        Optional<Integer> classes = args.integer("num_classes", 0, ModelLimits.CLASSES)
                .or(() -> file.integer("num_classes", 0, ModelLimits.CLASSES))
                .or(() -> pretrained.integer("num_classes", 0, ModelLimits.CLASSES));
        if (classes.isPresent() && classes.get() == 0) {
            throw file.error(
                    "num_classes",
                    "must be at least 1",
                    0,
                    "This checkpoint has no classifier head: choose a fine-tuned one, such as"
                            + " timm/vit_base_patch16_224.augreg2_in21k_ft_in1k, or train a head.");
        }
        return classes;
    }
}
