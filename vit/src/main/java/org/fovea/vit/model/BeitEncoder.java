package org.fovea.vit.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.Mode;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.QkvBias;
import org.fovea.core.nn.RelativeBias;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SizeText;
import org.fovea.core.nn.Tokens;
import org.fovea.core.nn.TransformerBlock;
import org.fovea.core.nn.TransformerBlock.Scaling;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.DerivedWeights;
import org.fovea.core.weights.DerivedWeights.Derived;

/**
 * A BEiT without a head: a vision transformer whose attention has a learned bias for each offset between two patches, and whose
 * keys have none.
 *
 * <p>Its weights below a scope are those of {@link ViTEncoder}, but for {@code query.bias} and {@code value.bias} [width] in place
 * of {@code qkv.bias} in {@code blocks.i.attention}, with {@code offsets} [offsets + 3, heads] there, and {@code relative.offsets}
 * where blocks share biases.
 *
 * @param plain sizes, embedding and norms; has a class token and biases of queries and values
 * @param layerScale initial value of the layer scale; 0 for none
 * @param blockBiases whether each block has its own relative position biases
 * @param sharedBiases whether there are relative position biases that all blocks add
 * @param resize method that resizes the biases to another image size
 * @see <a href="https://arxiv.org/abs/2106.08254">Bao et al. 2021</a>
 */
public record BeitEncoder(ViTEncoder plain, double layerScale, boolean blockBiases, boolean sharedBiases, Resize resize)
        implements GridEncoder {
    private static final String SHARED = "relative";

    /** The way of relative biases to another image size. */
    public enum Resize {
        /** Linear interpolation, as in Hugging Face transformers. */
        BILINEAR,
        /** No resizing: timm's own method is not supported. */
        NONE
    }

    /** Checks that the parts are consistent. */
    public BeitEncoder {
        TokenLayout tokens = plain.tokens();
        boolean fits = tokens.classTokens() == ClassTokens.CLASS && tokens.registers() == 0;
        if (!fits || !plain.qkvBias() || !plain.offsetBias().isNone()) {
            throw new IllegalArgumentException("BeitEncoder: the plain encoder must have a class token, no registers,"
                    + " biases of queries and values, and no offset biases of its own, got " + plain);
        }
        if (!(layerScale >= 0) || layerScale > 0 != plain.layerScale()) {
            throw new IllegalArgumentException(
                    "BeitEncoder: layerScale must be above 0 where the plain encoder has layer"
                            + " scale and 0 where not, got " + layerScale + " and " + plain.layerScale());
        }
    }

    @Override
    public int imageHeight() {
        return plain.imageHeight();
    }

    @Override
    public int imageWidth() {
        return plain.imageWidth();
    }

    @Override
    public int channels() {
        return plain.channels();
    }

    @Override
    public int width() {
        return plain.width();
    }

    @Override
    public int depth() {
        return plain.depth();
    }

    @Override
    public int heads() {
        return plain.heads();
    }

    @Override
    public int tokenCount() {
        return plain.tokenCount();
    }

    @Override
    public int gridRows() {
        return plain.gridRows();
    }

    @Override
    public int gridColumns() {
        return plain.gridColumns();
    }

    /**
     * Copy for images of another size.
     *
     * @throws IllegalArgumentException when a side is not a multiple of the patch
     */
    public BeitEncoder withImage(int height, int columns) {
        return new BeitEncoder(plain.withImage(height, columns), layerScale, blockBiases, sharedBiases, resize);
    }

    @Override
    public String describe() {
        return "BEiT, " + relativePositions() + ", " + SizeText.blocks(plain.depth(), plain.width(), plain.heads());
    }

    private String relativePositions() {
        if (!blockBiases && !sharedBiases) {
            return "without relative positions";
        }
        return "relative positions " + (blockBiases ? "of each block" : "that blocks share");
    }

    @Override
    public Tokens build(Scope scope, Value pixels) {
        Tokens last = blocks(scope, pixels, plain.tokenCount());
        return last.with(plain.norm(scope, last.values()));
    }

    /**
     * Adds everything but the last norm.
     *
     * @param kept number of tokens of the last block that are computed, counted from the first
     */
    Tokens blocks(Scope scope, Value pixels, int kept) {
        Value x = scope.dropout(new ViTEmbedding(plain).build(scope, pixels)); // [B, N, width]
        Tokens out = Tokens.embedded(x, plain.gridRows(), plain.gridColumns(), 1, 0);
        RelativeBias bias = OffsetTable.of(plain).bias(plain.heads());
        List<Value> shared = sharedBiases ? List.of(bias.build(scope.child(SHARED))) : List.of(); // [heads, N, N]
        TransformerBlock block = block(scope.mode());
        for (int i = 0; i < plain.depth(); i++) {
            Scope each = scope.layer("blocks", i, plain.depth());
            List<Value> biases = new ArrayList<>(shared);
            if (blockBiases) {
                biases.add(bias.build(each.child("attention")));
            }
            int queries = i == plain.depth() - 1 ? kept : plain.tokenCount();
            out = out.after(block.build(each, out.values(), queries, first(biases, queries)));
        }
        return out;
    }

    private static Value[] first(List<Value> biases, int queries) {
        return biases.stream()
                .map(b -> queries < b.shape().dim(1) ? b.slice(1, 0, queries) : b)
                .toArray(Value[]::new);
    }

    private TransformerBlock block(Mode mode) {
        return new TransformerBlock(
                new MultiHeadSelfAttention(plain.heads(), QkvBias.QUERIES_AND_VALUES),
                plain.feedForward(),
                plain.normEpsilon(),
                plain.layerScale() && mode != Mode.INFERENCE ? Scaling.WEIGHTS : Scaling.NONE,
                plain.norms());
    }

    /** The learned weights with positions and biases resized for another image size. */
    WeightSource resized(WeightSource learned, BeitEncoder target) {
        return plain.resized(withTables(learned, target), target.plain, "");
    }

    /** Weights for an inference graph of the target. */
    WeightSource prepared(WeightSource learned, BeitEncoder target) {
        Map<String, Derived> biases = new HashMap<>();
        for (int i = 0; i < plain.depth(); i++) {
            String at = "blocks." + i + ".attention.";
            biases.put(
                    at + "qkv.bias",
                    new Derived(
                            Shape.of(3 * width()),
                            () -> QkvBias.joined(
                                    learned.tensor(at + "query.bias"), learned.tensor(at + "value.bias"))));
        }
        WeightSource joined = new DerivedWeights(withTables(learned, target), biases);
        return RelativeBias.prepared(new InferenceParameters(plain, joined, target.plain), target.biases());
    }

    private Map<String, RelativeBias> biases() {
        RelativeBias bias = OffsetTable.of(plain).bias(plain.heads());
        Map<String, RelativeBias> out = new LinkedHashMap<>();
        tablePaths().forEach(path -> out.put(path, bias));
        return out;
    }

    private List<String> tablePaths() {
        List<String> out = new ArrayList<>(sharedBiases ? List.of(SHARED) : List.of());
        for (int i = 0; i < plain.depth() && blockBiases; i++) {
            out.add("blocks." + i + ".attention");
        }
        return out;
    }

    private WeightSource withTables(WeightSource learned, BeitEncoder target) {
        OffsetTable from = OffsetTable.of(plain);
        OffsetTable to = OffsetTable.of(target.plain);
        if (from.equals(to) || tablePaths().isEmpty()) {
            return learned;
        }
        if (resize == Resize.NONE) {
            throw new IllegalArgumentException("BeitEncoder: the image size must be the checkpoint's, " + imageHeight()
                    + " x " + imageWidth() + ", got " + target.imageHeight() + " x " + target.imageWidth()
                    + "; timm's way of relative positions to another size is not supported. Take a checkpoint of that size,"
                    + " or one of Hugging Face transformers.");
        }
        Map<String, Derived> tables = new HashMap<>();
        for (String path : tablePaths()) {
            String name = path + ".offsets";
            tables.put(name, new Derived(to.shape(plain.heads()), () -> from.resize(learned.tensor(name), to)));
        }
        return new DerivedWeights(learned, tables);
    }
}
