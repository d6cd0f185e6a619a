package org.fovea.core.config;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;

/** The name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * Name with the smallest edit distance; the first of equally close ones.
     *
     * @param known known names, at least one
     */
    public static String of(String name, Collection<String> known) {
        return Collections.min(known, Comparator.comparingInt(k -> distance(k, name)));
    }

    /** Levenshtein distance: insertions, deletions and replacements that turn a into b. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
