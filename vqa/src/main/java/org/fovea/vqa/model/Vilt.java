package org.fovea.vqa.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.core.Check;
import org.fovea.core.attention.AttentionRollout;
import org.fovea.core.graph.GeluKind;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Resize2d;
import org.fovea.core.graph.ResizeKind;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.nn.LayerNormLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Masks;
import org.fovea.core.nn.PatchEmbedding;
import org.fovea.core.nn.Repeat;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.model.ViTEncoder;

/**
 * ViLT: words and patches are one sequence in a vision transformer, whose first token, that of the text, tells the answer.
 *
 * <p>Its weights: {@code vision.*} as {@link ViTEncoder} names its own; {@code text.words.table} [vocabulary, width], {@code
 * text.positions} [positions, width], {@code text.types} [types, width], {@code text.embedding_norm}; {@code modalities}
 * [modalities, width]; {@code pooler}; {@code head.in}, {@code head.norm}, {@code head.out}.
 *
 * @param encoder vision transformer whose patches, positions, blocks and last norm are used; images may have other sizes
 * @param vocabulary number of words in the vocabulary
 * @param positions maximum number of words of a question
 * @param types number of token types of text, of which the first is used
 * @param modalities number of modality types: text, image and, if there are two images, the second image
 * @param images number of images of a question
 * @param hidden width of the head's hidden layer, 0 for none
 * @param answers number of answers
 * @see <a href="https://arxiv.org/abs/2102.03334">Kim et al. 2021, figure 3</a>
 */
public record Vilt(
        ViTEncoder encoder,
        int vocabulary,
        int positions,
        int types,
        int modalities,
        int images,
        int hidden,
        int answers)
        implements ClosedAnswerer {
    private static final double HEAD_EPSILON = 1e-5;
    private static final String HIDDEN_STATES = "hidden_states.";
    private static final String ATTENTIONS = "attentions.";
    private static final String POOLED = "pooler_output";

    /** Checks the sizes. */
    public Vilt {
        Check.positive("Vilt: vocabulary", vocabulary);
        Check.positive("Vilt: positions", positions);
        Check.positive("Vilt: types", types);
        Check.positive("Vilt: images", images);
        Check.atLeast(images + 1, "Vilt: modalities", modalities);
        Check.atLeast(0, "Vilt: hidden", hidden);
        Check.positive("Vilt: answers", answers);
    }

    @Override
    public Map<String, String> describe() {
        return Map.of("encoder", encoder.describe() + ", over question and image together");
    }

    @Override
    public boolean takesAnySize() {
        return true;
    }

    @Override
    public Grid grid(int height, int width) {
        int patch = encoder.patchPixels();
        Check.that(
                height >= patch && width >= patch,
                "Vilt: the image",
                "have a patch of " + patch + " x " + patch + " pixels at least",
                height + " x " + width);
        return new Grid(height / patch, width / patch);
    }

    @Override
    public Graph look(int batch, int height, int width) {
        Graph graph = new Graph();
        Grid grid = grid(height, width);
        int patch = encoder.patchPixels();
        Value pixels = graph.input(PIXELS, batch, channels(), height, width)
                .slice(2, 0, grid.rows() * patch)
                .slice(3, 0, grid.columns() * patch);
        Scope scope = Scope.of(graph).child("vision");
        Value patches = new PatchEmbedding(patch, encoder.width(), true)
                .build(scope.child("patches").enter(), pixels); // [B, P, width]
        Value positions = scope.parameter("positions", 1, 1 + encoder.patchCount(), encoder.width());
        Value first = scope.parameter("class_token", 1, 1, encoder.width()).add(positions.slice(1, 0, 1));
        Value prefix = first.broadcast(Shape.of(batch, 1, encoder.width()));
        graph.output(IMAGE, prefix.concat(1, patches.add(resized(positions, grid)))); // [B, 1 + P, width]
        return graph;
    }

    /** Position embedding of the patches, {@code [1, P, width]}, resized to the grid of an image. */
    private Value resized(Value positions, Grid grid) {
        int rows = encoder.gridRows();
        int columns = encoder.gridColumns();
        Value learned = positions.slice(1, 1, 1 + encoder.patchCount());
        if (grid.equals(new Grid(rows, columns))) {
            return learned;
        }
        Value map = learned.reshape(1, rows, columns, encoder.width()).permute(0, 3, 1, 2); // [1, width, rows, columns]
        Resize2d resize = new Resize2d(ResizeKind.BILINEAR, grid.rows(), grid.columns(), true, false);
        return positions.graph().apply(resize, map).permute(0, 2, 3, 1).reshape(1, grid.places(), encoder.width());
    }

    @Override
    public Graph answer(Size size, Detail detail) {
        Graph graph = new Graph();
        Scope top = Scope.of(graph);
        int all = size.rows() * images;
        Value kinds = top.parameter("modalities", modalities, encoder.width());
        Value image = graph.input(IMAGE, all, size.places(), encoder.width());
        Value x = words(top.child("text"), size, kinds).concat(1, image(image, size, kinds)); // [all, T + M, width]
        Value mask = perImage(graph.input(QUESTION_MASK, size.rows(), size.words()))
                .concat(1, graph.input(IMAGE_MASK, all, size.places()));
        Value pooled = pooled(top, x, Masks.keys(mask), detail); // [all, width]
        Value logits = head(top.child("head"), pooled.reshape(size.rows(), images * encoder.width()));
        if (detail == Detail.EVERYTHING) {
            graph.output(POOLED, pooled);
        }
        graph.output(LOGITS, logits); // [rows, answers]
        return graph;
    }

    private Value words(Scope scope, Size size, Value kinds) {
        int width = encoder.width();
        Value ids = scope.graph().indexInput(QUESTION, size.rows(), size.words());
        Value x = new TokenEmbedding(vocabulary, width)
                .build(scope.child("words").enter(), ids) // [rows, T, width]
                .add(scope.parameter("types", types, width).slice(0, 0, 1))
                .add(scope.parameter("positions", positions, width).slice(0, 0, size.words()));
        Value normed = new LayerNormLayer(encoder.normEpsilon()).build(scope.child("embedding_norm"), x);
        return perImage(normed.add(kinds.slice(0, 0, 1)));
    }

    /** Repeats rows of questions {@code [rows, ...]} for each of their images, {@code [rows·images, ...]}. */
    private Value perImage(Value x) {
        return Repeat.rows(x, x.shape().dim(0) * images);
    }

    private Value image(Value tokens, Size size, Value kinds) {
        int width = encoder.width();
        return tokens.reshape(size.rows(), images, size.places(), width)
                .add(kinds.slice(0, 1, 1 + images).reshape(1, images, 1, width))
                .reshape(size.rows() * images, size.places(), width);
    }

    /** Adds the blocks over tokens {@code [all, N, width]}, and pools the first token for the head. */
    private Value pooled(Scope top, Value tokens, Value bias, Detail detail) {
        Graph graph = top.graph();
        Scope vision = top.child("vision");
        Value x = tokens;
        for (int i = 0; i < encoder.depth(); i++) {
            if (detail == Detail.EVERYTHING) {
                graph.output(HIDDEN_STATES + i, x);
            }
            boolean pooledOnly = detail == Detail.ANSWER && i == encoder.depth() - 1;
            int kept = pooledOnly ? 1 : x.shape().dim(1);
            AttentionOutput block =
                    encoder.block(vision.mode()).build(vision.layer("blocks", i, encoder.depth()), x, kept, bias);
            if (detail != Detail.ANSWER) {
                graph.output(ATTENTIONS + i, block.weights());
            }
            x = block.values();
        }
        if (detail == Detail.EVERYTHING) {
            graph.output(HIDDEN_STATES + encoder.depth(), x);
        }
        int all = x.shape().dim(0);
        Value first = encoder.norm(vision, x.slice(1, 0, 1)).reshape(all, encoder.width());
        return new LinearLayer(encoder.width(), true)
                .build(top.child("pooler").enter(), first)
                .tanh();
    }

    private Value head(Scope scope, Value pooled) {
        Value x = pooled;
        if (hidden > 0) {
            x = new LinearLayer(hidden, true).build(scope.child("in").enter(), x);
            x = new LayerNormLayer(HEAD_EPSILON).build(scope.child("norm"), x).gelu(GeluKind.EXACT);
        }
        return new LinearLayer(answers, true).build(scope.child("out").enter(), x);
    }

    /**
     * {@inheritDoc} The maps are the rollout of the text's first token, and its attention in each layer, the mean over heads.
     */
    @Override
    public Gaze gaze(Map<String, Tensor> outputs, int words, Grid grid) {
        List<float[]> layers = new ArrayList<>();
        for (int i = 0; i < encoder.depth(); i++) {
            layers.add(outputs.get(ATTENTIONS + i).toFloats());
        }
        double[] readers = new double[outputs.get(ATTENTIONS + 0).shape().dim(3)];
        readers[0] = 1;
        double[] flow = AttentionRollout.of(layers, encoder.heads(), readers);
        List<Gaze.PlaceMap> maps = new ArrayList<>();
        maps.add(new Gaze.PlaceMap("rollout", places(flow, grid)));
        for (int i = 0; i < layers.size(); i++) {
            double[] seen = AttentionRollout.meanOfRows(layers.get(i), encoder.heads(), readers);
            maps.add(new Gaze.PlaceMap("layer " + i, places(seen, grid)));
        }
        List<Double> ofWords = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            ofWords.add(flow[i]);
        }
        return Gaze.of(maps, ofWords);
    }

    private static Tensor places(double[] weights, Grid grid) {
        float[] out = new float[grid.places()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) weights[weights.length - out.length + i];
        }
        return Tensor.of(out, grid.rows(), grid.columns());
    }
}
