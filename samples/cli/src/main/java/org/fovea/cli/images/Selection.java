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
     * @param resume file of what is done already, with each image once
     * @param objects lines of an image that is done
     * @param outputs told of all images, also the skipped ones
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

    /** The images in order; to be gone through once. A collection where their number is known. */
    public Iterable<ImageInput> inputs() {
        return inputs;
    }

    /** Number of images, where that is known before the end. */
    public OptionalLong count() {
        return count;
    }

    /** The images of this run and of those before it, where that is known before the end. */
    public OptionalLong total() {
        return count.isPresent() ? OptionalLong.of(count.getAsLong() + skipped) : count;
    }

    /** Number that an earlier run has finished; known at the end. */
    long skipped() {
        return skipped;
    }

    /** Number of those it could not classify. */
    long skippedFailures() {
        return skippedFailures;
    }
}
