package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.io.JsonReader;

/** Reads {@code model.safetensors.index.json} or {@code pytorch_model.bin.index.json}: which shard holds which tensor. */
final class ShardIndex {
    private static final String CURE = "Download the checkpoint again, or save it anew with save_pretrained.";

    private ShardIndex() {}

    /**
     * Reads the shard file name of each tensor; every shard must be a plain name of an existing file in the index's folder.
     *
     * @param suffix suffix of the shards' names
     */
    static Map<String, String> read(Path index, String suffix) {
        Map<String, String> weightMap = new TreeMap<>();
        JsonReader.readObject(index, "index", CURE, readBytes(index), (name, value) -> {
            if (name.equals("weight_map")) {
                weightMap.putAll(value.strings(name));
            } else {
                value.skip();
            }
        });
        if (weightMap.isEmpty()) {
            throw FormatErrors.file(index, "weight_map must name at least one tensor", "none", CURE);
        }
        checkShards(index, suffix, new TreeSet<>(weightMap.values()));
        return weightMap;
    }

    private static byte[] readBytes(Path index) {
        try (DataFile file = new DataFile(index)) {
            if (file.length() > JsonReader.MAX_BYTES) {
                throw FormatErrors.file(
                        index, "an index takes at most " + JsonReader.MAX_BYTES + " bytes", file.length(), CURE);
            }
            byte[] bytes = new byte[(int) file.length()];
            file.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        }
    }

    private static void checkShards(Path index, String suffix, Set<String> shards) {
        Set<String> absent = new TreeSet<>();
        for (String shard : shards) {
            // A path outside the folder would let a downloaded index read any file: only plain names by the
            // rules of every system.
            if (!shard.matches("[^/\\\\:\\p{Cntrl}]+\\" + suffix)) {
                throw FormatErrors.file(
                        index, "a shard must be the name of a " + suffix + " file in the same folder", shard, CURE);
            }
            if (!Files.isRegularFile(index.resolveSibling(shard))) {
                absent.add(shard);
            }
        }
        if (!absent.isEmpty()) {
            throw FormatErrors.file(
                    index,
                    "all " + shards.size() + " shards must lie beside it",
                    "no " + Listing.of(absent),
                    "Download the missing files into the same folder.");
        }
    }
}
