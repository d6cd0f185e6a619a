package org.fovea.core.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;
import org.fovea.core.io.FormatErrors;

/** Error text for a folder without weights. */
final class MissingWeights {
    private MissingWeights() {}

    static ModelFormatException in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return FormatErrors.file(
                    folder,
                    "a checkpoint must be a folder with " + Checkpoint.SINGLE_FILE + " or a .safetensors file",
                    Files.exists(folder) ? "neither" : "nothing under this path",
                    "Check the path.");
        }
        List<String> names = list(folder);
        return FormatErrors.file(
                folder,
                "a checkpoint folder must hold " + Checkpoint.SINGLE_FILE + ", " + WeightFormat.TORCH.singleFile()
                        + " or the .index.json of one of them",
                names.isEmpty() ? "an empty folder" : Listing.of(names),
                "Download the weights into it, or give the path of the weights file itself.");
    }

    private static List<String> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw FormatErrors.io(folder, "listing the folder", e);
        }
    }
}
