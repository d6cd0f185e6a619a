package org.fovea.core.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.core.ModelFormatException;

/** Says what to do where a checkpoint's weights are absent or in a format that is not read. */
final class MissingWeights {
    private MissingWeights() {}

    static ModelFormatException in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Faults.file(
                    folder,
                    "a checkpoint must be a folder with " + Checkpoint.SINGLE_FILE + " or a .safetensors file",
                    Files.exists(folder) ? "neither" : "nothing under this path",
                    "Check the path.");
        }
        List<String> names = list(folder);
        List<String> pickles = names.stream().filter(MissingWeights::isPickle).toList();
        if (!pickles.isEmpty()) {
            return pickle(folder, pickles.get(0), pickles);
        }
        return Faults.file(
                folder,
                "a checkpoint folder must hold " + Checkpoint.SINGLE_FILE + " or " + Checkpoint.INDEX_FILE,
                names.isEmpty() ? "an empty folder" : Listing.of(names),
                "Download the weights into it, or give the path of a .safetensors file.");
    }

    static ModelFormatException notSafetensors(Path file) {
        String name = file.getFileName().toString();
        if (isPickle(name)) {
            return pickle(file.toAbsolutePath().getParent(), name, List.of(name));
        }
        return Faults.file(
                file,
                "weights must be a .safetensors file",
                name,
                "Give the checkpoint's folder or its .safetensors file.");
    }

    private static ModelFormatException pickle(Path folder, String example, List<String> found) {
        return new ModelFormatException(folder + ": weights must be in safetensors format (" + Checkpoint.SINGLE_FILE
                + "), got " + Listing.of(found) + ". Convert them once, in Python, in that folder:\n"
                + "  import torch, safetensors.torch as st; w = torch.load(\"" + Faults.shown(example)
                + "\", map_location=\"cpu\", weights_only=True)\n"
                + "  st.save_file({k: v.clone().contiguous() for k, v in w.items()}, \"" + Checkpoint.SINGLE_FILE
                + "\", metadata={\"format\": \"pt\"})\n"
                + "or, with transformers (also for weights in several files): "
                + "AutoModel....from_pretrained(\".\").save_pretrained(\".\")");
    }

    private static boolean isPickle(String name) {
        return name.endsWith(".bin") || name.endsWith(".pth") || name.endsWith(".pt");
    }

    private static List<String> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> p.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw Faults.io(folder, "listing the folder", e);
        }
    }
}
