package org.fovea.core.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.Check;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;

/**
 * The checkpoints of a run: {@code step-<number>.safetensors} files, the last few of them, and {@code
 * best.safetensors}, the weights that evaluation liked best under the model's own names.
 */
public final class Checkpoints {
    private static final String PREFIX = "step-";
    private static final String SUFFIX = ".safetensors";
    private static final String BEST = "best.safetensors";

    private final Path folder;
    private final int keep;
    private final long everySteps;
    private final String recipe;

    private Checkpoints(Path folder, int keep, long everySteps, String recipe) {
        this.folder = folder;
        this.keep = keep;
        this.everySteps = everySteps;
        this.recipe = recipe;
    }

    /** Keeps no checkpoints: the run cannot be resumed. */
    public static Checkpoints none() {
        return new Checkpoints(null, 1, Long.MAX_VALUE, "");
    }

    /**
     * Keeps checkpoints in a folder, which is created if it is missing.
     *
     * @param keep number of recent checkpoints that are kept, at least 1
     * @param everySteps updates between two checkpoints, at least 1; one is also written after each epoch
     * @param recipe the caller's description of the run; a run resumes only under the same description
     */
    public static Checkpoints in(Path folder, int keep, long everySteps, String recipe) {
        Check.atLeast(1, "Checkpoints: checkpoints to keep", keep);
        Check.atLeast(1, "Checkpoints: steps between checkpoints", everySteps);
        return new Checkpoints(folder, keep, everySteps, recipe);
    }

    /** Returns whether checkpoints are kept. */
    boolean keeps() {
        return folder != null;
    }

    /** Returns whether a checkpoint is due after this number of updates. */
    boolean due(long step) {
        return keeps() && step % everySteps == 0;
    }

    String recipe() {
        return recipe;
    }

    /** File of the latest checkpoint. */
    public Optional<Path> latest() {
        List<Path> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Writes a checkpoint named by its step, and removes those beyond the number kept. */
    Path save(GraphTrainer steps, TrainingPosition position, long seed) {
        return guarded(folder.resolve(String.format("%s%010d%s", PREFIX, position.step(), SUFFIX)), target -> {
            TrainingCheckpoint.write(target, steps, position, seed, recipe);
            List<Path> all = all();
            for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
                Files.deleteIfExists(old);
            }
        });
    }

    /** Writes the best weights, if checkpoints are kept. */
    void saveBest(Parameters weights, TrainingPosition position) {
        if (keeps()) {
            guarded(folder.resolve(BEST), target -> new SafetensorsWriter()
                    .metadata("format", "pt")
                    .metadata("epoch", Integer.toString(position.bestEpoch()))
                    .metadata("score", Double.toString(position.bestScore()))
                    .add(weights)
                    .write(target));
        }
    }

    /** Copy of the best weights; empty before the first evaluation. */
    Optional<Parameters> readBest() {
        Path best = folder.resolve(BEST);
        if (!Files.exists(best)) {
            return Optional.empty();
        }
        Map<String, Tensor> out = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(best)) {
            for (String name : file.names()) {
                Tensor copy =
                        Tensor.zeros(file.info(name).dtype(), file.info(name).shape());
                file.read(name, copy.buffer());
                out.put(name, copy);
            }
        }
        return Optional.of(Parameters.of(out));
    }

    private Path guarded(Path target, Writer writer) {
        try {
            Files.createDirectories(folder);
            writer.write(target);
            return target;
        } catch (IOException e) {
            String last = latest().map(p -> p + " is intact").orElse("there is none before it");
            throw new CheckpointException(
                    target + ": the checkpoint could not be written: " + e.getMessage() + "; the last one: " + last
                            + ". Free space on the disk or give another folder, and resume.",
                    e);
        }
    }

    private List<Path> all() {
        if (!keeps() || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> p.getFileName().toString().matches("step-\\d{10,}\\.safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CheckpointException(folder + ": the folder of checkpoints could not be read: " + e, e);
        }
    }

    /** Writes one file. */
    private interface Writer {
        void write(Path target) throws IOException;
    }
}
