package org.fovea.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The images of a run: those of the arguments, less what an earlier run has finished. */
final class Selection {
    private final Optional<ResumeFile> resume;
    private final Optional<HeatMapFiles> heatMaps;
    private final Set<String> seen = new HashSet<>();
    private final Iterator<Input> inputs;
    private final OptionalLong count;
    private long skipped;
    private long skippedFailures;

    /**
     * Finds the images.
     *
     * @param resume what is done already, and each image once
     * @param heatMaps told of all images, also the skipped ones
     */
    Selection(List<String> paths, Optional<ResumeFile> resume, Optional<HeatMapFiles> heatMaps) {
        this.resume = resume;
        this.heatMaps = heatMaps;
        BufferedReader standardInput = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Stream<Input> wanted = InputFiles.of(paths, standardInput).filter(this::isWanted);
        if (paths.contains(InputFiles.STANDARD_INPUT)) {
            inputs = wanted.iterator();
            count = OptionalLong.empty();
        } else {
            List<Input> all = wanted.toList();
            inputs = all.iterator();
            count = OptionalLong.of(all.size());
        }
    }

    private boolean isWanted(Input input) {
        heatMaps.ifPresent(h -> h.announce(input));
        if (resume.isEmpty()) {
            return true;
        }
        boolean first = seen.add(input.file());
        if (first && resume.get().contains(input.file())) {
            skipped++;
            skippedFailures += resume.get().failed(input.file()) ? 1 : 0;
            return false;
        }
        return first;
    }

    /** The images in order; to be gone through once. */
    Iterator<Input> inputs() {
        return inputs;
    }

    /** How many there are, where that is known before the end. */
    OptionalLong count() {
        return count;
    }

    /** How many an earlier run has finished; known at the end. */
    long skipped() {
        return skipped;
    }

    /** How many of those it could not classify. */
    long skippedFailures() {
        return skippedFailures;
    }
}
