package org.fovea.core.weights;

import java.util.Collection;
import java.util.stream.Collectors;
import org.fovea.core.io.FormatErrors;

/** A list in an error text, cut to a length that can still be read. */
final class Listing {
    private static final int MAX_ITEMS = 20;

    private Listing() {}

    static String of(Collection<String> items) {
        return join(items, ", ");
    }

    static String join(Collection<String> items, String separator) {
        String shown = items.stream().limit(MAX_ITEMS).map(FormatErrors::shown).collect(Collectors.joining(separator));
        return items.size() <= MAX_ITEMS ? shown : shown + separator + "and " + (items.size() - MAX_ITEMS) + " more";
    }
}
