package org.fovea.core.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.fovea.core.io.FormatErrors;

/** The formats of weights that are read, the preferred first. */
enum WeightFormat {
    SAFETENSORS("model.safetensors", List.of(".safetensors"), SafetensorsFile::open),
    TORCH("pytorch_model.bin", List.of(".bin", ".pth", ".pt"), TorchFile::open);

    private final String singleFile;
    private final List<String> suffixes;
    private final Function<Path, TensorFile> opener;

    WeightFormat(String singleFile, List<String> suffixes, Function<Path, TensorFile> opener) {
        this.singleFile = singleFile;
        this.suffixes = suffixes;
        this.opener = opener;
    }

    /** Format of a file, by its name. */
    static WeightFormat of(Path file) {
        String name = file.getFileName().toString();
        return Arrays.stream(values())
                .filter(format -> format.suffixes.stream().anyMatch(name::endsWith))
                .findFirst()
                .orElseThrow(() -> FormatErrors.file(
                        file,
                        "weights must be a .safetensors or .bin file",
                        name,
                        "Give the checkpoint's folder or its weights file."));
    }

    /** File name of an unsharded checkpoint. */
    String singleFile() {
        return singleFile;
    }

    /** File name of a sharded checkpoint's index. */
    String indexFile() {
        return singleFile + ".index.json";
    }

    /** Suffix of the names of shards. */
    String suffix() {
        return suffixes.get(0);
    }

    TensorFile open(Path file) {
        return opener.apply(file);
    }
}
