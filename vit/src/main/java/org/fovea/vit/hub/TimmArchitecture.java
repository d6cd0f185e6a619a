package org.fovea.vit.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The constructor arguments that the name of a timm vision transformer stands for, such as {@code vit_base_patch16_224.augreg}.
 *
 * @param arguments model arguments under timm's names where it has one; {@code norm_eps}, {@code distilled}, {@code gated} and
 *     {@code post_norm} are Fovea's
 * @param imagePixels side of the image
 * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, {@code models/vision_transformer.py} and {@code
 *     vision_transformer_relpos.py}</a>
 */
record TimmArchitecture(Map<String, Object> arguments, int imagePixels) {
    /** Name patterns, for messages. */
    static final List<String> FORMS = List.of(
            "vit_{tiny,xsmall,small,medium,mediumd,betwixt,wee,little,base,large,huge,giant,gigantic,giantopt,so150m,"
                    + "so150m2,so400m}_patchP_S",
            "the same with _clip, _clip_quickgelu, _plus, _gap, _regN_gap, _regN_map, _siglip, _siglip_gap or _rpn before _S",
            "vit_{small,base,large,giant}_patch14_dinov2 and _regN_dinov2",
            "vit_{base,large,so400m,giant}_patch14_reg1_tipsv2",
            "vit_relpos_{small,medium,base}_patchP_S, with _cls, _clsgap, _rpn or _plus before _S",
            "vit_srelpos_{small,medium}_patchP_S",
            "deit_{tiny,small,base}_patch16_S, deit_{tiny,small,base}_distilled_patch16_S",
            "deit3_{small,medium,base,large,huge}_patchP_S",
            "flexivit_{small,base,large}",
            "eva_large_patch14_S");

    private static final int DEFAULT_PIXELS = 224;
    private static final int DINOV2_PIXELS = 518;
    private static final int FLEXIVIT_PIXELS = 240;
    private static final int RELPOS_HIDDEN = 128;
    private static final double EPSILON = 1e-6;
    private static final double CLIP_EPSILON = 1e-5;
    private static final double LAYER_SCALE = 1e-5; // any defaults will do: only the presence of the keys matters

    /** A named size; the feed-forward block is {@code mlpRatio} times as wide as a token. */
    private record Size(int width, int depth, int heads, double mlpRatio) {}

    private static final Map<String, Size> SIZES = Map.ofEntries(
            Map.entry("tiny", new Size(192, 12, 3, 4)),
            Map.entry("xsmall", new Size(256, 10, 4, 4)),
            Map.entry("wee", new Size(256, 14, 4, 5)),
            Map.entry("little", new Size(320, 14, 5, 5.6)),
            Map.entry("small", new Size(384, 12, 6, 4)),
            Map.entry("medium", new Size(512, 12, 8, 4)),
            Map.entry("mediumd", new Size(512, 20, 8, 4)),
            Map.entry("betwixt", new Size(640, 12, 10, 4)),
            Map.entry("base", new Size(768, 12, 12, 4)),
            Map.entry("so150m", new Size(896, 18, 14, 2.572)),
            Map.entry("so150m2", new Size(832, 21, 13, 34.0 / 13)),
            Map.entry("large", new Size(1024, 24, 16, 4)),
            Map.entry("so400m", new Size(1152, 27, 16, 3.7362)),
            Map.entry("huge", new Size(1280, 32, 16, 4)),
            Map.entry("giant", new Size(1408, 40, 16, 48.0 / 11)),
            Map.entry("giantopt", new Size(1536, 40, 16, 4)),
            Map.entry("gigantic", new Size(1664, 48, 16, 64.0 / 13)));
    /** Size of {@code base} with {@code _plus}. */
    private static final Size PLUS = new Size(896, 12, 14, 4);
    /** Size of DINOv2's giant, which differs from the giant above; the ratio counts both halves of the gated block. */
    private static final Size DINOV2_GIANT = new Size(1536, 40, 24, 2.66667 * 2);

    private static final Set<String> PLAIN_WORDS = Set.of(
            "distilled",
            "clip",
            "quickgelu",
            "plus",
            "gap",
            "map",
            "siglip",
            "rpn",
            "cls",
            "clsgap",
            "dinov2",
            "tipsv2",
            "36x1",
            "in21k",
            "miil");
    private static final Set<String> SCALED_WITH_REGISTERS =
            Set.of("wee", "little", "medium", "mediumd", "betwixt", "so150m2");

    /** Parses a name, with or without the training recipe after a dot; empty when it matches none of the {@link #FORMS}. */
    static Optional<TimmArchitecture> parse(String name) {
        List<String> words =
                new ArrayList<>(List.of(name.replaceFirst("\\..*", "").split("_")));
        String family = words.remove(0);
        boolean relative = family.equals("vit") && words.removeIf(w -> w.equals("relpos"));
        boolean shared = family.equals("vit") && words.removeIf(w -> w.equals("srelpos"));
        if (words.isEmpty()
                || !isSize(family, words.get(0))
                || !words.stream().skip(1).allMatch(TimmArchitecture::isWord)) {
            return Optional.empty();
        }
        Words w = new Words(family, words.remove(0), words);
        Map<String, Object> arguments = relative || shared ? relative(w, shared) : plain(w);
        int pixels = family.equals("flexivit") ? FLEXIVIT_PIXELS : w.has("dinov2") ? DINOV2_PIXELS : DEFAULT_PIXELS;
        return Optional.of(new TimmArchitecture(arguments, w.number("", pixels)));
    }

    private static boolean isSize(String family, String size) {
        return switch (family) {
            case "vit", "deit", "deit3" -> SIZES.containsKey(size);
            case "flexivit" -> Set.of("small", "base", "large").contains(size);
            case "eva" -> size.equals("large"); // other sizes are EVA's own architecture
            default -> false;
        };
    }

    private static boolean isWord(String word) {
        return PLAIN_WORDS.contains(word) || word.matches("patch\\d{1,3}|reg\\d{1,2}|\\d{2,4}");
    }

    private static Map<String, Object> plain(Words w) {
        boolean pooledWithoutClass = w.has("gap") || w.has("map") || w.has("siglip") || w.has("rpn");
        Map<String, Object> a = sizes(w);
        a.put("norm_eps", w.has("clip") ? CLIP_EPSILON : EPSILON);
        a.put("pre_norm", w.has("clip"));
        a.put("act_layer", activation(w));
        a.put("distilled", w.has("distilled"));
        a.put("gated", w.isDinov2() && w.size().equals("giant"));
        a.put("post_norm", w.has("rpn"));
        a.put("class_token", !pooledWithoutClass);
        a.put("reg_tokens", w.number("reg", 0));
        a.put("no_embed_class", isClassWithoutPosition(w));
        a.put("qkv_bias", !(w.isNarrowGap() || w.size().equals("so150m2") || w.has("miil") || w.has("rpn")));
        if (w.hasLayerScale()) {
            a.put("init_values", LAYER_SCALE);
        }
        if (pooledWithoutClass || w.family().equals("eva")) {
            boolean attention = w.has("map") || w.has("siglip") && !w.has("gap");
            a.put("global_pool", attention ? "map" : "avg");
        }
        if (w.has("gap") && (!w.hasRegisters() || w.size().equals("so150m"))) {
            a.put("fc_norm", false);
        }
        return a;
    }

    private static Map<String, Object> sizes(Words w) {
        boolean dinov2Giant = w.isDinov2() && w.size().equals("giant");
        Size size = dinov2Giant ? DINOV2_GIANT : w.has("plus") ? PLUS : SIZES.get(w.size());
        boolean baseGap = w.has("gap") && w.size().equals("base") && !w.hasRegisters() && !w.has("siglip");
        Map<String, Object> a = new LinkedHashMap<>();
        a.put("patch_size", w.number("patch", 16));
        a.put("embed_dim", size.width());
        a.put("depth", w.has("36x1") ? 36 : size.depth());
        a.put("num_heads", baseGap ? 16 : size.heads()); // vit_base_patch16_gap_224 comes from I-JEPA
        a.put("mlp_ratio", size.mlpRatio());
        return a;
    }

    /**
     * Activation by name: in SigLIP, the first models have the exact GELU here, later ones and those with patches of 32 its
     * tanh approximation.
     */
    private static String activation(Words w) {
        boolean later = w.number("patch", 16) == 32
                || w.size().equals("giantopt")
                || w.size().equals("so400m") && w.number("patch", 16) == 16
                || w.size().equals("large") && w.number("", 0) == 512;
        return w.has("quickgelu") ? "quick_gelu" : w.has("siglip") && later ? "gelu_tanh" : "gelu";
    }

    private static boolean isClassWithoutPosition(Words w) {
        boolean registers = w.hasRegisters() && !w.size().startsWith("so150m");
        return registers || w.family().equals("deit3") || w.family().equals("flexivit");
    }

    private static Map<String, Object> relative(Words w, boolean shared) {
        boolean classToken = w.has("cls") || w.has("clsgap");
        boolean normAfter = !shared && !w.has("cls") && !w.has("rpn") && !w.has("plus");
        Map<String, Object> a = sizes(w);
        a.put("norm_eps", EPSILON);
        a.put("qkv_bias", w.has("plus"));
        a.put("post_norm", w.has("rpn"));
        a.put("class_token", classToken);
        a.put("global_pool", w.has("cls") ? "token" : "avg");
        a.put("fc_norm", normAfter);
        a.put("shared_rel_pos", shared);
        boolean narrowClass = w.has("cls") && w.size().equals("medium");
        a.put("rel_pos_dim", shared ? SIZES.get(w.size()).width() : narrowClass ? 2 * RELPOS_HIDDEN : RELPOS_HIDDEN);
        if (!w.has("rpn")) {
            a.put("init_values", LAYER_SCALE);
        }
        return a;
    }

    /** A name in its parts; {@code words} are those after the size. */
    private record Words(String family, String size, List<String> words) {
        boolean has(String word) {
            return words.contains(word);
        }

        /** Number after a prefix among the words of a name. */
        int number(String prefix, int byDefault) {
            return words.stream()
                    .filter(word -> word.matches(prefix + "\\d+"))
                    .findFirst()
                    .map(word -> Integer.parseInt(word.substring(prefix.length())))
                    .orElse(byDefault);
        }

        boolean hasRegisters() {
            return number("reg", 0) > 0;
        }

        boolean isDinov2() {
            return has("dinov2") || has("tipsv2");
        }

        boolean isNarrowGap() {
            return has("gap") && !hasRegisters() && Set.of("medium", "betwixt").contains(size);
        }

        boolean hasLayerScale() {
            return family.equals("deit3")
                    || isDinov2()
                    || isNarrowGap()
                    || has("36x1")
                    || has("plus") && !has("clip")
                    || hasRegisters() && SCALED_WITH_REGISTERS.contains(size);
        }
    }
}
