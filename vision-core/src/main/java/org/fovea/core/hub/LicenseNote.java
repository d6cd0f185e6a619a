package org.fovea.core.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The license that a checkpoint's card states, where it is not a free one. */
public final class LicenseNote {
    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern LICENSE =
            Pattern.compile("(?m)^license(?:_name)?:\\s*[\"']?([^\"'\\r\\n]+?)[\"']?\\s*$");
    private static final Set<String> UNNAMED = Set.of("other", "unknown");

    private LicenseNote() {}

    /**
     * Note about a checkpoint whose card, the header of {@code README.md}, states a non-commercial license or one without a
     * standard name, such as {@code cc-by-nc-4.0} or {@code other}.
     *
     * @return empty if the card states nothing of the kind, or is missing
     */
    public static Optional<String> of(Path directory) {
        String card = head(directory.resolve("README.md"));
        if (!card.startsWith("---")) {
            return Optional.empty();
        }
        int end = card.indexOf("\n---", 3);
        Matcher found = LICENSE.matcher(end < 0 ? card : card.substring(0, end));
        String names = "";
        boolean restricts = false;
        while (found.find()) {
            String name = found.group(1);
            names += (names.isEmpty() ? "" : ", ") + name;
            restricts |= restricts(name.toLowerCase(Locale.ROOT));
        }
        return restricts
                ? Optional.of(directory + ": its card states the license \"" + names
                        + "\", which may forbid commercial use; read it before you use the results")
                : Optional.empty();
    }

    private static boolean restricts(String name) {
        return UNNAMED.contains(name)
                || name.matches(".*(^|[-_ ])nc([-_ ]|$).*")
                || name.matches(".*non-?commercial.*");
    }

    private static String head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // a missing card is no error
        }
    }
}
