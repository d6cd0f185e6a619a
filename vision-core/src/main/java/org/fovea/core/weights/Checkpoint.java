package org.fovea.core.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fovea.core.tensor.Tensor;

/**
 * The weights of a model as the hubs publish them, under the publisher's names: one {@code model.safetensors}, or
 * several files with a {@code model.safetensors.index.json}.
 *
 * <p>Thread-safe. Nothing but headers is read on opening.
 */
public final class Checkpoint implements AutoCloseable {
    /** The name of an unsharded checkpoint's file. */
    public static final String SINGLE_FILE = "model.safetensors";
    /** The name of a sharded checkpoint's index. */
    public static final String INDEX_FILE = "model.safetensors.index.json";

    private final Path path;
    private final Map<String, SafetensorsFile> files;
    private final Map<String, SafetensorsFile> fileOfTensor;

    private Checkpoint(Path path, Map<String, SafetensorsFile> files, Map<String, SafetensorsFile> fileOfTensor) {
        this.path = path;
        this.files = files;
        this.fileOfTensor = Collections.unmodifiableMap(fileOfTensor);
    }

    /**
     * Opens a checkpoint.
     *
     * @param path a folder that holds {@code model.safetensors} or {@code model.safetensors.index.json} (the first wins
     *     where both lie there, as it does in transformers), or a {@code .safetensors} file itself
     * @throws org.fovea.core.ModelFormatException when there are no weights that can be read, with what to do about it,
     *     or a file breaks a rule of its format
     */
    public static Checkpoint open(Path path) {
        if (Files.isRegularFile(path)) {
            if (!path.getFileName().toString().endsWith(".safetensors")) {
                throw MissingWeights.notSafetensors(path);
            }
            return single(path, path);
        }
        Path single = path.resolve(SINGLE_FILE);
        if (Files.exists(single)) {
            return single(path, single);
        }
        Path index = path.resolve(INDEX_FILE);
        if (Files.exists(index)) {
            return sharded(path, index);
        }
        throw MissingWeights.in(path);
    }

    private static Checkpoint single(Path path, Path file) {
        SafetensorsFile opened = SafetensorsFile.open(file);
        Map<String, SafetensorsFile> fileOfTensor = new TreeMap<>();
        opened.names().forEach(name -> fileOfTensor.put(name, opened));
        return new Checkpoint(path, Map.of(file.getFileName().toString(), opened), fileOfTensor);
    }

    private static Checkpoint sharded(Path path, Path indexFile) {
        Map<String, String> weightMap = ShardIndex.read(indexFile);
        Map<String, SafetensorsFile> files = new LinkedHashMap<>();
        try {
            Map<String, SafetensorsFile> fileOfTensor = new TreeMap<>();
            weightMap.forEach((name, shard) -> {
                SafetensorsFile file = files.computeIfAbsent(shard, s -> SafetensorsFile.open(path.resolve(s)));
                if (!file.names().contains(name)) {
                    throw Faults.tensor(
                            indexFile,
                            name,
                            "must be in the shard that weight_map names",
                            shard + ", which does not hold it",
                            "Index and shards come from different saves: download all of them again.");
                }
                fileOfTensor.put(name, file);
            });
            return new Checkpoint(path, files, fileOfTensor);
        } catch (RuntimeException e) {
            files.values().forEach(SafetensorsFile::close);
            throw e;
        }
    }

    /** The folder or file the checkpoint was opened by. */
    public Path path() {
        return path;
    }

    /** The names of all tensors, sorted; of a sharded checkpoint those that its index lists. */
    public Set<String> names() {
        return fileOfTensor.keySet();
    }

    /**
     * Type, shape and place of a tensor.
     *
     * @throws IllegalArgumentException when there is no such tensor
     */
    public TensorInfo info(String name) {
        return file(name).info(name);
    }

    /**
     * The file that holds a tensor.
     *
     * @throws IllegalArgumentException when there is no such tensor
     */
    public SafetensorsFile file(String name) {
        SafetensorsFile file = fileOfTensor.get(name);
        if (file == null) {
            throw new IllegalArgumentException(
                    path + ": no tensor '" + name + "' among its " + names().size() + "; see names()");
        }
        return file;
    }

    /** A tensor in the type it is stored in, mapped where possible; see {@link SafetensorsFile#tensor}. */
    public Tensor tensor(String name) {
        return file(name).tensor(name);
    }

    /** Closes all files; tensors already handed out stay valid. */
    @Override
    public void close() {
        files.values().forEach(SafetensorsFile::close);
    }
}
