package org.fovea.vit;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.fovea.core.attention.AttentionRollout;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.vit.model.ClassifierConfig;

/**
 * A classification and where the model looked for it; immutable and thread-safe.
 *
 * <p>A map is a tensor {@code [rows, columns]} of one number per patch, rows from the top: how much the tokens that the
 * classifier reads attend to that patch. These are the class token, of a distilled DeiT the mean of class and distillation
 * token, without a class token the mean of all patches, of a compact transformer the tokens as its sequence pooling weighs them.
 * Registers are no part of a map. Where a spatial transformer straightens the image first, maps are brought back through it, on
 * the image as it was given; {@link #weights} are of the tokens of the straightened image.
 */
public final class Explanation {
    private final Classification classification;
    private final ClassifierConfig config;
    private final double[] reading;
    private final List<Tensor> attentions;
    private final UnaryOperator<Tensor> onImage;
    private final RgbImage image;
    private final InputGeometry geometry;

    /**
     * Wraps the results of one image.
     *
     * @param reading weight of each token in the pooling before the classifier; sums to 1
     * @param attentions attention weights of each layer, {@code [1, heads, N, N]}, in the order of the layers
     * @param onImage converts a map over the tokens' grid to one over the image
     * @param geometry part of the image that the patches cover
     */
    Explanation(
            Classification classification,
            ClassifierConfig config,
            double[] reading,
            List<Tensor> attentions,
            UnaryOperator<Tensor> onImage,
            RgbImage image,
            InputGeometry geometry) {
        this.classification = classification;
        this.config = config;
        this.reading = reading;
        this.attentions = List.copyOf(attentions);
        this.onImage = onImage;
        this.image = image;
        this.geometry = geometry;
    }

    /** Classes that the model predicts. */
    public Classification classification() {
        return classification;
    }

    /** The number of layers. */
    public int layers() {
        return attentions.size();
    }

    /** The number of heads of each layer. */
    public int heads() {
        return config.heads();
    }

    /**
     * All attention weights of a layer.
     *
     * @param layer layer number, from 0
     * @return weights {@code [heads, N, N]} of queries (rows) over keys (last axis); rows sum to 1
     * @throws IndexOutOfBoundsException when there is no such layer
     */
    public Tensor weights(int layer) {
        int n = config.tokenCount();
        return attentions.get(layer).reshape(heads(), n, n); // [heads, N, N]
    }

    /**
     * Attention map of one head, {@code [rows, columns]}.
     *
     * @param layer layer number, from 0
     * @param head head number, from 0
     * @throws IndexOutOfBoundsException when there is no such layer or head
     */
    public Tensor map(int layer, int head) {
        if (head < 0 || head >= heads()) {
            throw new IndexOutOfBoundsException("Explanation: head must lie in [0, " + heads() + "), got " + head);
        }
        int n = config.tokenCount();
        float[] all = attentions.get(layer).toFloats();
        float[] one = Arrays.copyOfRange(all, head * n * n, (head + 1) * n * n);
        return grid(AttentionRollout.meanOfRows(one, 1, reading));
    }

    /**
     * Attention map of a layer: the mean over its heads.
     *
     * @param layer layer number, from 0
     * @throws IndexOutOfBoundsException when there is no such layer
     */
    public Tensor map(int layer) {
        return grid(AttentionRollout.meanOfRows(attentions.get(layer).toFloats(), heads(), reading));
    }

    /**
     * Attention map through all layers: attention rollout.
     *
     * @see <a href="https://arxiv.org/abs/2005.00928">Abnar and Zuidema 2020</a>
     */
    public Tensor rollout() {
        return grid(AttentionRollout.of(
                () -> attentions.stream().map(Tensor::toFloats).iterator(), heads(), reading));
    }

    /**
     * Map of the weights with which the classifier pools the tokens of the last block. It depends on the image for a compact
     * transformer alone, whose sequence pooling learns the weights.
     *
     * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, section 3.2</a>
     */
    public Tensor reading() {
        return grid(reading);
    }

    /** The image. */
    public RgbImage image() {
        return image;
    }

    /** The part of the image that the maps cover. */
    public InputGeometry geometry() {
        return geometry;
    }

    /**
     * Draws a map over the part of the image that the model saw.
     *
     * @param map result of one of the methods above
     */
    public RgbImage draw(Tensor map) {
        return HeatMap.of(map).drawOn(image, geometry);
    }

    private Tensor grid(double[] tokens) {
        float[] out = new float[config.gridRows() * config.gridColumns()];
        int prefix = tokens.length - out.length;
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) tokens[prefix + i];
        }
        return onImage.apply(Tensor.of(out, config.gridRows(), config.gridColumns()));
    }
}
