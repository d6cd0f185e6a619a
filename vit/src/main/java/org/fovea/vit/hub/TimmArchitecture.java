package org.fovea.vit.hub;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a timm vision transformer says: {@code vit_base_patch16_224.augreg_in21k} and its like.
 *
 * @param family {@code vit}, {@code deit} or {@code deit3}
 * @param distilled whether there is DeiT's distillation token
 * @param traits the words after the patch size, such as {@code clip} or {@code dinov2}
 * @param imagePixels side of the image, where the name says it
 */
record TimmArchitecture(
        String family,
        Size size,
        boolean distilled,
        int patchPixels,
        List<String> traits,
        Optional<Integer> imagePixels) {
    /** The forms of the names. */
    static final List<String> FORMS = List.of(
            "vit_{tiny,small,medium,base,large,huge,giant,gigantic}_patchP_S",
            "the same with _clip, _clip_quickgelu, _gap or _regN_gap before _S",
            "vit_{small,base,large,giant}_patch14_dinov2",
            "vit_{small,base,large,giant}_patch14_reg4_dinov2",
            "deit_{tiny,small,base}_patch16_S",
            "deit_{tiny,small,base}_distilled_patch16_S",
            "deit3_{small,medium,base,large,huge}_patchP_S");

    /** A named size; the feed-forward block is {@code mlpRatio} times as wide as a token. */
    record Size(int width, int depth, int heads, double mlpRatio) {}

    private static final Map<String, Size> SIZES = Map.of(
            "tiny", new Size(192, 12, 3, 4),
            "small", new Size(384, 12, 6, 4),
            "medium", new Size(512, 12, 8, 4),
            "base", new Size(768, 12, 12, 4),
            "large", new Size(1024, 24, 16, 4),
            "huge", new Size(1280, 32, 16, 4),
            "giant", new Size(1408, 40, 16, 48.0 / 11),
            "gigantic", new Size(1664, 48, 16, 64.0 / 13));
    /** DINOv2's giant is another than the one above; its ratio counts both halves of the gated block. */
    private static final Size DINOV2_GIANT = new Size(1536, 40, 24, 2.66667 * 2);

    private static final Pattern NAME = Pattern.compile("(vit|deit|deit3)_([a-z]+?)(_distilled)?_patch(\\d{1,3})"
            + "((?:_clip|_quickgelu|_gap|_reg\\d{1,2}|_dinov2)*)(?:_(\\d{2,4}))?(_in21k|_miil)?");

    /** Reads a name, with or without the training recipe after its dot; empty when it is not one of {@link #FORMS}. */
    static Optional<TimmArchitecture> parse(String name) {
        Matcher m = NAME.matcher(name.replaceFirst("\\..*", ""));
        if (!m.matches() || !SIZES.containsKey(m.group(2))) {
            return Optional.empty();
        }
        String words = m.group(5) + (m.group(7) == null ? "" : m.group(7));
        List<String> traits =
                words.isEmpty() ? List.of() : List.of(words.substring(1).split("_"));
        boolean dinov2Giant = traits.contains("dinov2") && m.group(2).equals("giant");
        return Optional.of(new TimmArchitecture(
                m.group(1),
                dinov2Giant ? DINOV2_GIANT : SIZES.get(m.group(2)),
                m.group(3) != null,
                Integer.parseInt(m.group(4)),
                traits,
                Optional.ofNullable(m.group(6)).map(Integer::valueOf)));
    }

    boolean has(String trait) {
        return traits.contains(trait);
    }

    int registers() {
        return traits.stream()
                .filter(t -> t.startsWith("reg"))
                .findFirst()
                .map(t -> Integer.parseInt(t.substring(3)))
                .orElse(0);
    }

    /** DINOv2's giant has SwiGLU for its feed-forward block. */
    boolean isGated() {
        return size == DINOV2_GIANT;
    }
}
