package org.fovea.vit.model;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Shape;

/**
 * From pixels to the tokens that enter the first block.
 * In {@link Mode#INFERENCE} tokens and positions are added already; see {@link InferenceParameters}.
 */
record ViTEmbedding(ViTEncoder encoder) {
    /** Embeds images {@code [B, channels, H, W]} as tokens {@code [B, N, width]}. */
    Value build(Scope scope, Value pixels) {
        Scope patches = scope.child("patches").enter();
        Value x = new PatchEmbedding(encoder.patchPixels(), encoder.width(), !encoder.embeddingNorm())
                .build(patches, cropped(pixels)); // [B, patches, width]
        Value tokens = scope.mode() == Mode.INFERENCE ? prepared(scope, x) : learned(scope, x);
        return encoder.embeddingNorm()
                ? new LayerNormLayer(encoder.normEpsilon())
                        .build(scope.child("embedding_norm").enter(), tokens)
                : tokens;
    }

    /** Pixels that belong to whole patches. */
    private Value cropped(Value pixels) {
        int height = encoder.gridRows() * encoder.patchPixels();
        int columns = encoder.gridColumns() * encoder.patchPixels();
        Value x = height < encoder.imageHeight() ? pixels.slice(2, 0, height) : pixels;
        return columns < encoder.imageWidth() ? x.slice(3, 0, columns) : x;
    }

    private Value prepared(Scope scope, Value patches) {
        boolean positioned = encoder.tokens().positioned() != TokenLayout.Positioned.NONE;
        Value x = positioned
                ? patches.add(scope.parameter("patch_positions", 1, encoder.patchCount(), encoder.width()))
                : patches;
        int prefix = encoder.tokens().prefix();
        return prefix == 0 ? x : join(scope.parameter("prefix", 1, prefix, encoder.width()), x);
    }

    private Value learned(Scope scope, Value patches) {
        TokenLayout tokens = encoder.tokens();
        int positioned = tokens.positionedPrefix();
        List<Value> prefix = new ArrayList<>();
        for (String name : encoder.classTokenNames()) {
            prefix.add(scope.parameter(name, 1, 1, encoder.width()));
        }
        if (tokens.registers() > 0) {
            prefix.add(scope.parameter("registers", 1, tokens.registers(), encoder.width()));
        }
        if (tokens.positioned() == TokenLayout.Positioned.NONE) {
            return prefix.isEmpty() ? patches : join(concat(prefix), patches);
        }
        Value positions = scope.parameter("positions", 1, encoder.positions().count(), encoder.width());
        Value x = patches.add(positions.slice(1, positioned, encoder.positions().count()));
        if (prefix.isEmpty()) {
            return x;
        }
        Value all = concat(prefix); // [1, prefix, width]
        if (positioned > 0) {
            Value first = all.slice(1, 0, positioned).add(positions.slice(1, 0, positioned));
            all = positioned == tokens.prefix() ? first : first.concat(1, all.slice(1, positioned, tokens.prefix()));
        }
        return join(all, x);
    }

    /** Puts a prefix {@code [1, P, width]} before the patches of every image. */
    private Value join(Value prefix, Value patches) {
        Shape shape = prefix.shape().with(0, patches.shape().dim(0));
        return prefix.broadcast(shape).concat(1, patches); // [B, N, width]
    }

    private static Value concat(List<Value> values) {
        Value first = values.get(0);
        return values.size() == 1
                ? first
                : first.concat(1, values.subList(1, values.size()).toArray(Value[]::new));
    }
}
