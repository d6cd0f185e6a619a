package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.model.ViTConfig;

/** Writes a plain ViT of random weights as timm has it. */
final class RandomCheckpoint {
    private RandomCheckpoint() {}

    /** Writes one; timm says the preprocessing in {@code config.json}. */
    static void writeTimm(Path folder, ViTConfig c, int hidden, List<String> labels) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), """
                {"architecture": "vit_tiny_patch16_224", "num_classes": %d, "label_names": ["%s"],
                 "model_args": {"img_size": %d, "patch_size": %d, "embed_dim": %d, "depth": %d, "num_heads": %d,
                  "mlp_ratio": %d},
                 "pretrained_cfg": {"input_size": [3, %d, %d], "interpolation": "bicubic", "crop_pct": 0.9,
                  "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "num_classes": %d}}
                """.formatted(
                        labels.size(),
                        String.join("\", \"", labels),
                        c.imageHeight(),
                        c.encoder().patchPixels(),
                        c.width(),
                        c.depth(),
                        c.heads(),
                        hidden / c.width(),
                        c.imageHeight(),
                        c.imageWidth(),
                        labels.size()));
        int w = c.width();
        Map<String, Shape> out = new LinkedHashMap<>();
        out.put("cls_token", Shape.of(1, 1, w));
        out.put("pos_embed", Shape.of(1, c.tokenCount(), w));
        out.put(
                "patch_embed.proj.weight",
                Shape.of(w, c.channels(), c.encoder().patchPixels(), c.encoder().patchPixels()));
        out.put("patch_embed.proj.bias", Shape.of(w));
        for (int i = 0; i < c.depth(); i++) {
            String block = "blocks." + i + ".";
            linear(out, block + "attn.qkv", 3 * w, w);
            linear(out, block + "attn.proj", w, w);
            linear(out, block + "mlp.fc1", hidden, w);
            linear(out, block + "mlp.fc2", w, hidden);
            norm(out, block + "norm1", w);
            norm(out, block + "norm2", w);
        }
        norm(out, "norm", w);
        linear(out, "head", labels.size(), w);
        write(folder, out);
    }

    private static void write(Path folder, Map<String, Shape> shapes) throws IOException {
        Parameters.Builder weights = Parameters.builder();
        shapes.forEach((name, shape) -> weights.initial(
                name, shape, shape.rank() == 1 ? Initializers.ones() : Initializers.truncatedNormal(0.02), 1));
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        Parameters built = weights.build();
        built.names().forEach(n -> writer.add(n, DType.F32, built.shape(n), () -> built.tensor(n)));
        writer.write(folder.resolve("model.safetensors"));
    }

    private static void linear(Map<String, Shape> out, String name, int rows, int columns) {
        out.put(name + ".weight", Shape.of(rows, columns));
        out.put(name + ".bias", Shape.of(rows));
    }

    private static void norm(Map<String, Shape> out, String name, int width) {
        out.put(name + ".weight", Shape.of(width));
        out.put(name + ".bias", Shape.of(width));
    }
}
