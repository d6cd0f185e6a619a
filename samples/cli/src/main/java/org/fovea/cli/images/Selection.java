package org.fovea.cli.images;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.fovea.core.image.ImageFiles;
import org.fovea.core.image.ImageInput;

/** The images of a run: those of the arguments, less what an earlier run has finished. */
public final class Selection {
    private final Optional<ResumeFile> resume;
    private final ToIntFunction<String> objects;
    private final List<ImageOutput> outputs;
    private final Set<String> seen = new HashSet<>();
    private final Iterable<ImageInput> inputs;
    private final OptionalLong count;
    private long skipped;
    private long skippedFailures;

    /**
     * Finds the images.
     *
     * @param resume file file of finished images, with each image once
     * @param objects number of lines of a finished image
     * @param outputs outputs, to which all images are announced, skipped ones too
     */
    Selection(
            List<String> paths, Optional<ResumeFile> resume, ToIntFunction<String> objects, List<ImageOutput> outputs) {
        this.resume = resume;
        this.objects = objects;
        this.outputs = outputs;
        BufferedReader standardInput = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Stream<ImageInput> wanted = ImageFiles.find(paths, standardInput).filter(this::isWanted);
        if (paths.contains(ImageFiles.LIST)) {
            inputs = wanted::iterator;
            count = OptionalLong.empty();
        } else {
            List<ImageInput> all = wanted.toList();
            inputs = all;
            count = OptionalLong.of(all.size());
        }
    }

    private boolean isWanted(ImageInput input) {
        boolean done = resume.isPresent() && resume.get().contains(input.name(), objects.applyAsInt(input.name()));
        outputs.forEach(output -> output.announce(input, done));
        if (resume.isEmpty()) {
            return true;
        }
        boolean first = seen.add(input.name());
        boolean failed = done && resume.get().failed(input.name());
        if (first && done && (failed || outputs.stream().allMatch(output -> output.isThere(input)))) {
            skipped++;
            skippedFailures += failed ? 1 : 0;
            return false;
        }
        return first;
    }

    /** Images in order, iterable once. A collection if their number is known. */
    public Iterable<ImageInput> inputs() {
        return inputs;
    }

    /** Number of images, if it is known in advance. */
    public OptionalLong count() {
        return count;
    }

    /** Number of images of this run and earlier ones, if it is known in advance. */
    public OptionalLong total() {
        return count.isPresent() ? OptionalLong.of(count.getAsLong() + skipped) : count;
    }

    /** Number of images that an earlier run has finished; known at the end. */
    long skipped() {
        return skipped;
    }

    /** Number of those that failed. */
    long skippedFailures() {
        return skippedFailures;
    }
}
