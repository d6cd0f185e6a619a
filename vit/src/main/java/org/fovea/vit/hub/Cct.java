package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointFormat;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.vit.model.CctConfig;
import org.fovea.vit.model.CctPresets;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.CompactEncoder;

/**
 * Compact convolutional transformers in a layout of our own: weights under our names, and in {@code config.json} keys of which
 * every one but the labels is required.
 *
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, table 11</a>
 */
final class Cct implements ClassifierFamily {
    private static final String TYPE = "cct";
    private static final Pattern FORM = Pattern.compile("cct-([1-9]\\d?)-([1-9])x([1-9])");
    private static final int SMALL_PIXELS = 32;
    private static final int LARGE_PIXELS = 224;

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public ClassifierSpec read(ConfigFile file) {
        int[] image = file.required("image_size", file.sides("image_size", 1, ModelLimits.IMAGE_PIXELS));
        CompactEncoder encoder = new CompactEncoder(
                image[0],
                image[1],
                integer(file, "num_channels", ModelLimits.CHANNELS),
                tokenizer(file),
                integer(file, "hidden_size", ModelLimits.WIDTH),
                integer(file, "num_hidden_layers", ModelLimits.DEPTH),
                integer(file, "num_attention_heads", ModelLimits.WIDTH),
                integer(file, "intermediate_size", ModelLimits.HIDDEN));
        Optional<List<String>> labels = Labels.read(file);
        return new ClassifierSpec(
                classes -> new CctConfig(encoder, classes), labels, labels.map(List::size), NameTable.ours());
    }

    private static ConvTokenizer tokenizer(ConfigFile file) {
        int kernel = integer(file, "tokenizer_kernel", ModelLimits.KERNEL);
        if (kernel % 2 == 0) {
            throw file.error("tokenizer_kernel", "must be odd", kernel, "Restore the file that was saved.");
        }
        return new ConvTokenizer(
                kernel,
                integer(file, "tokenizer_stride", ModelLimits.KERNEL),
                integer(file, "tokenizer_layers", ModelLimits.DEPTH),
                integer(file, "tokenizer_planes", ModelLimits.WIDTH));
    }

    private static int integer(ConfigFile file, String key, int most) {
        return file.required(key, file.integer(key, 1, most));
    }

    @Override
    public Optional<CheckpointFormat> write(ClassifierConfig config) {
        if (!(config instanceof CctConfig cct)) {
            return Optional.empty();
        }
        CompactEncoder c = cct.encoder();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("model_type", TYPE);
        keys.put("image_size", List.of(c.imageHeight(), c.imageWidth()));
        keys.put("num_channels", c.channels());
        keys.put("tokenizer_kernel", c.tokenizer().kernel());
        keys.put("tokenizer_stride", c.tokenizer().stride());
        keys.put("tokenizer_layers", c.tokenizer().layers());
        keys.put("tokenizer_planes", c.tokenizer().planes());
        keys.put("hidden_size", c.width());
        keys.put("num_hidden_layers", c.depth());
        keys.put("num_attention_heads", c.heads());
        keys.put("intermediate_size", c.hidden());
        return Optional.of(new CheckpointFormat(keys, NameTable.ours()));
    }

    @Override
    public Map<String, Supplier<ClassifierConfig>> presets() {
        Map<String, Supplier<ClassifierConfig>> m = new LinkedHashMap<>();
        for (String name : List.of("2-3x2", "4-3x2", "6-3x1", "6-3x2", "7-3x1", "7-3x2")) {
            m.put("cct-" + name, () -> form("cct-" + name).orElseThrow());
        }
        m.put("cct-7-7x2-224", () -> CctPresets.of(7, 7, 2, LARGE_PIXELS, 102));
        m.put("cct-14-7x2-224", () -> CctPresets.of(14, 7, 2, LARGE_PIXELS, 1000));
        return m;
    }

    /**
     * Configuration of a published size, or of another one for 32 pixels and 10 classes that is named by the pattern {@code
     * cct-depth-kernelxconvolutions}.
     */
    @Override
    public Optional<ClassifierConfig> preset(String name) {
        return ClassifierFamily.super.preset(name).or(() -> form(name));
    }

    private static Optional<ClassifierConfig> form(String name) {
        Matcher form = FORM.matcher(name);
        if (!form.matches() || number(form, 2) % 2 == 0) {
            return Optional.empty();
        }
        return Optional.of(CctPresets.of(number(form, 1), number(form, 2), number(form, 3), SMALL_PIXELS, 10));
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
