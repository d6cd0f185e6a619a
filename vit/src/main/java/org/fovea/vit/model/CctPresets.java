package org.fovea.vit.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.fovea.core.nn.ConvTokenizer;

/**
 * The published compact convolutional transformers: {@code cct-depth-kernelxconvolutions}.
 *
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, table 11</a>
 */
public final class CctPresets {
    private static final int SMALL_PIXELS = 32;
    private static final int LARGE_PIXELS = 224;

    private static final Pattern FORM = Pattern.compile("cct-([1-9]\\d?)-([1-9])x([1-9])");

    private static final Map<String, CctConfig> BY_NAME = byName();

    private CctPresets() {}

    /** CCT-2/3x2 for 32 pixels and 10 classes, 0.28 M parameters. */
    public static CctConfig cct2() {
        return of(2, 3, 2, SMALL_PIXELS, 10);
    }

    /** CCT-4/3x2 for 32 pixels and 10 classes, 0.48 M parameters. */
    public static CctConfig cct4() {
        return of(4, 3, 2, SMALL_PIXELS, 10);
    }

    /** The names {@link #named} knows. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * A model by its name: a published one, such as {@code cct-2-3x2}, or another of their form for 32 pixels, such as
     * {@code cct-4-3x3}, of the width that the authors give to its depth.
     */
    public static Optional<CctConfig> named(String name) {
        Matcher form = FORM.matcher(name);
        if (BY_NAME.containsKey(name) || !form.matches()) {
            return Optional.ofNullable(BY_NAME.get(name));
        }
        int[] n = IntStream.rangeClosed(1, 3)
                .map(i -> Integer.parseInt(form.group(i)))
                .toArray();
        return n[1] % 2 == 1 ? Optional.of(of(n[0], n[1], n[2], SMALL_PIXELS, 10)) : Optional.empty();
    }

    private static Map<String, CctConfig> byName() {
        Map<String, CctConfig> m = new LinkedHashMap<>();
        m.put("cct-2-3x2", cct2());
        m.put("cct-4-3x2", cct4());
        m.put("cct-6-3x1", of(6, 3, 1, SMALL_PIXELS, 10));
        m.put("cct-6-3x2", of(6, 3, 2, SMALL_PIXELS, 10));
        m.put("cct-7-3x1", of(7, 3, 1, SMALL_PIXELS, 10));
        m.put("cct-7-3x2", of(7, 3, 2, SMALL_PIXELS, 10));
        m.put("cct-7-7x2-224", of(7, 7, 2, LARGE_PIXELS, 102));
        m.put("cct-14-7x2-224", of(14, 7, 2, LARGE_PIXELS, 1000));
        return Collections.unmodifiableMap(m);
    }

    private static CctConfig of(int depth, int kernel, int convolutions, int pixels, int classes) {
        int width = depth < 6 ? 128 : depth < 14 ? 256 : 384;
        int heads = depth < 6 ? 2 : depth < 14 ? 4 : 6;
        int ratio = depth < 6 ? 1 : depth < 14 ? 2 : 3;
        ConvTokenizer tokenizer = ConvTokenizer.of(kernel, convolutions);
        return new CctConfig(
                new CompactEncoder(pixels, pixels, 3, tokenizer, width, depth, heads, ratio * width), classes);
    }
}
