package org.fovea.vit.hub;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Expectation;
import org.fovea.core.weights.NameMap;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.ViTConfig;

/**
 * A checkpoint's names for our layers, a row each; {@code *} stands for the number of a block.
 *
 * <p>A layer's weights follow from its row: {@code weight} and {@code bias} are called so everywhere, and our norms'
 * {@code scale} and {@code shift} are {@code weight} and {@code bias} in every checkpoint. Several names in a row are
 * joined in that order.
 */
final class NameTable {
    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d+)\\.(.*)");
    private static final Map<String, String> SUFFIXES =
            Map.of("weight", "weight", "bias", "bias", "scale", "weight", "shift", "bias");

    private final Map<String, List<String>> rows = new HashMap<>();
    private final String[] prefixes;
    private String[] ignored = {};

    NameTable(String... prefixes) {
        this.prefixes = prefixes;
    }

    /** The table of checkpoints that use our names. */
    static NameTable ours() {
        return new NameTable("");
    }

    NameTable row(String ours, String... theirs) {
        rows.put(ours, Arrays.asList(theirs));
        return this;
    }

    /** What checkpoints hold and inference has no use for. */
    NameTable ignore(String... names) {
        this.ignored = names;
        return this;
    }

    /** The checkpoint's name of the classifier's weight, without a prefix. */
    String classifierWeight() {
        return theirs("head.weight")[0];
    }

    /** The full map for a configuration. */
    NameMap map(ClassifierConfig config) {
        NameMap.Builder map = NameMap.builder().prefixes(prefixes).ignore(ignored);
        config.parameterShapes().forEach((name, shape) -> {
            String[] theirs = theirs(name);
            Expectation expected = map.expect(name, shape);
            if (theirs.length > 1) {
                expected.concat(theirs);
            } else {
                expected.from(theirs);
            }
            expected.reshapedFrom(storedShape(config, name, shape).toArray());
        });
        return map.build();
    }

    /** The shape in which a checkpoint stores all of a weight: its patch projection is a convolution. */
    static Shape storedShape(ClassifierConfig config, String name, Shape shape) {
        return config instanceof ViTConfig vit && name.equals("patches.weight")
                ? Shape.of(
                        vit.width(),
                        vit.channels(),
                        vit.encoder().patchPixels(),
                        vit.encoder().patchPixels())
                : shape;
    }

    /** The checkpoint's names with the prefix that it is saved under; several are joined along axis 0. */
    List<String> saved(String name) {
        String prefix = name.startsWith("head.") || name.startsWith("distillation_head.") ? "" : prefixes[0];
        return Arrays.stream(theirs(name)).map(s -> prefix + s).toList();
    }

    private String[] theirs(String name) {
        if (rows.isEmpty()) {
            return new String[] {name};
        }
        Matcher block = BLOCK.matcher(name);
        String index = block.matches() ? block.group(1) : "";
        String generic = block.matches() ? "blocks.*." + block.group(2) : name;
        List<String> row = rows.get(generic);
        String suffix = "";
        if (row == null) {
            int dot = generic.lastIndexOf('.');
            row = rows.get(generic.substring(0, dot));
            suffix = "." + SUFFIXES.get(generic.substring(dot + 1));
        }
        String end = suffix;
        return row.stream().map(s -> s.replace("*", index) + end).toArray(String[]::new);
    }
}
