package org.fovea.core.weights;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.tensor.Tensor;

/**
 * The weights of a model as the hubs publish them, under the publisher's names: one {@code model.safetensors} or
 * {@code pytorch_model.bin}, or several files with a {@code model.safetensors.index.json} or
 * {@code pytorch_model.bin.index.json}.
 *
 * <p>Thread-safe. Nothing but headers is read on opening; nothing in a {@code pytorch_model.bin} is executed.
 */
public final class Checkpoint implements AutoCloseable {
    /** File name of an unsharded checkpoint. */
    public static final String SINGLE_FILE = "model.safetensors";
    /** File name of a sharded checkpoint's index. */
    public static final String INDEX_FILE = "model.safetensors.index.json";

    private final Path path;
    private final Collection<TensorFile> files;
    private final Map<String, TensorFile> fileOfTensor;

    private Checkpoint(Path path, Collection<TensorFile> files, Map<String, TensorFile> fileOfTensor) {
        this.path = path;
        this.files = files;
        this.fileOfTensor = Collections.unmodifiableMap(fileOfTensor);
    }

    /**
     * Opens a checkpoint.
     *
     * @param path folder that contains, in this order of preference, {@code model.safetensors}, {@code
     *     model.safetensors.index.json}, {@code pytorch_model.bin} or {@code pytorch_model.bin.index.json}, the order of
     *     transformers; or a {@code .safetensors}, {@code .bin}, {@code .pth} or {@code .pt} file itself
     * @throws org.fovea.core.ModelFormatException when there are no readable weights, with advice in the message, or a file
     *     breaks a rule of its format
     */
    public static Checkpoint open(Path path) {
        if (Files.isRegularFile(path)) {
            return single(path, path);
        }
        for (WeightFormat format : WeightFormat.values()) {
            Path single = path.resolve(format.singleFile());
            if (Files.exists(single)) {
                return single(path, single);
            }
            Path index = path.resolve(format.indexFile());
            if (Files.exists(index)) {
                return sharded(path, index, format);
            }
        }
        throw MissingWeights.in(path);
    }

    private static Checkpoint single(Path path, Path file) {
        TensorFile opened = WeightFormat.of(file).open(file);
        Map<String, TensorFile> fileOfTensor = new TreeMap<>();
        opened.names().forEach(name -> fileOfTensor.put(name, opened));
        return new Checkpoint(path, List.of(opened), fileOfTensor);
    }

    private static Checkpoint sharded(Path path, Path indexFile, WeightFormat format) {
        Map<String, String> weightMap = ShardIndex.read(indexFile, format.suffix());
        Map<String, TensorFile> files = new LinkedHashMap<>();
        try {
            Map<String, TensorFile> fileOfTensor = new TreeMap<>();
            weightMap.forEach((name, shard) -> {
                TensorFile file = files.computeIfAbsent(shard, s -> format.open(path.resolve(s)));
                if (!file.names().contains(name)) {
                    throw FormatErrors.tensor(
                            indexFile,
                            name,
                            "must be in the shard that weight_map names",
                            shard + ", which does not hold it",
                            "Index and shards come from different saves: download all of them again.");
                }
                fileOfTensor.put(name, file);
            });
            return new Checkpoint(path, files.values(), fileOfTensor);
        } catch (RuntimeException e) {
            files.values().forEach(TensorFile::close);
            throw e;
        }
    }

    /** Folder or file from which the checkpoint was opened. */
    public Path path() {
        return path;
    }

    /** Names of all tensors, sorted; for a sharded checkpoint those that its index lists. */
    public Set<String> names() {
        return fileOfTensor.keySet();
    }

    /**
     * Type, shape and position of a tensor.
     *
     * @throws IllegalArgumentException when there is no such tensor
     */
    public TensorInfo info(String name) {
        return file(name).info(name);
    }

    /** File that contains a tensor. */
    TensorFile file(String name) {
        TensorFile file = fileOfTensor.get(name);
        if (file == null) {
            throw new IllegalArgumentException(
                    path + ": no tensor '" + name + "' among its " + names().size() + "; see names()");
        }
        return file;
    }

    /**
     * Tensor in its stored type: a read-only view of the mapped file if the elements are contiguous and aligned to their size,
     * else a copy outside the heap. It stays valid after {@link #close}.
     *
     * @throws IllegalArgumentException when there is no such tensor
     * @throws org.fovea.core.ModelFormatException when it exceeds 2 GiB, or the file has been truncated since
     * @throws IllegalStateException after {@link #close}
     */
    public Tensor tensor(String name) {
        return file(name).tensor(name);
    }

    /** Closes all files; tensors already returned stay valid. */
    @Override
    public void close() {
        files.forEach(TensorFile::close);
    }
}
