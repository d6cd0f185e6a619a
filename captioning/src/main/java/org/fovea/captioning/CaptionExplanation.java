package org.fovea.captioning;

import java.util.List;
import java.util.function.IntFunction;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.core.Check;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;

/**
 * A caption and, for each of its words, where the model looked when it wrote it. Maps are {@code [rows, columns]} of the
 * encoder's grid; what the model looked at beside the grid, such as its class token, has no place in them.
 */
public final class CaptionExplanation {
    private final Captions captions;
    private final CaptionerModel model;
    private final List<Tensor> attention;
    private final RgbImage image;
    private final InputGeometry geometry;

    /**
     * Wraps the results of one image.
     *
     * @param attention cross-attention weights of each new token of the first caption, {@code [layers, heads, M]}
     * @param geometry the part of the image that the model saw
     */
    CaptionExplanation(
            Captions captions, CaptionerModel model, List<Tensor> attention, RgbImage image, InputGeometry geometry) {
        this.captions = captions;
        this.model = model;
        this.attention = List.copyOf(attention);
        this.image = image;
        this.geometry = geometry;
    }

    /** All captions of the image. */
    public Captions captions() {
        return captions;
    }

    /** The first caption, whose words have the maps. */
    public Caption caption() {
        return captions.best();
    }

    /** The number of layers. */
    public int layers() {
        return attention.get(0).shape().dim(0);
    }

    /** The number of heads of each layer. */
    public int heads() {
        return attention.get(0).shape().dim(1);
    }

    /** Attention map of a word, {@code [rows, columns]}: the mean over its tokens and all layers and heads. */
    public Tensor map(int word) {
        return mean(word, 0, layers(), 0, heads());
    }

    /** Attention map of a word in a layer, counted from 0: the mean over the layer's heads. */
    public Tensor map(int word, int layer) {
        return mean(word, layer, layer + 1, 0, heads());
    }

    /** Attention map of a word in one head of a layer. */
    public Tensor map(int word, int layer, int head) {
        return mean(word, layer, layer + 1, head, head + 1);
    }

    private Tensor mean(int word, int firstLayer, int endLayer, int firstHead, int endHead) {
        Check.within(0, layers() - 1, "CaptionExplanation: layer", firstLayer);
        Check.within(0, heads() - 1, "CaptionExplanation: head", firstHead);
        CaptionWord spoken = caption().words().get(word);
        int rows = model.gridRows();
        int columns = model.gridColumns();
        double[] sum = new double[rows * columns];
        for (int token = spoken.firstToken(); token < spoken.firstToken() + spoken.tokens(); token++) {
            float[] weights = attention.get(token).toFloats();
            int memory = attention.get(token).shape().dim(2);
            for (int layer = firstLayer; layer < endLayer; layer++) {
                for (int head = firstHead; head < endHead; head++) {
                    int at = (layer * heads() + head) * memory + memory - sum.length; // the grid comes last
                    for (int i = 0; i < sum.length; i++) {
                        sum[i] += weights[at + i];
                    }
                }
            }
        }
        float[] out = new float[sum.length];
        int count = spoken.tokens() * (endLayer - firstLayer) * (endHead - firstHead);
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (sum[i] / count);
        }
        return Tensor.of(out, rows, columns);
    }

    /** The image. */
    public RgbImage image() {
        return image;
    }

    /** The part of the image that the maps cover. */
    public InputGeometry geometry() {
        return geometry;
    }

    /** Draws a map over the part of the image that the model saw. */
    public RgbImage draw(Tensor map) {
        return HeatMap.of(map).drawOn(image, geometry);
    }

    /** Draws a figure: the image, then one copy for each word with the word's map over it and the word above. */
    public RgbImage draw() {
        return drawWords(this::map);
    }

    /**
     * Draws the figure of {@link #draw()} with other maps.
     *
     * @param maps map of each word by the word's number, such as {@code word -> explanation.map(word, 5)}
     */
    public RgbImage drawWords(IntFunction<Tensor> maps) {
        return WordFigure.of(image, geometry).draw(caption().words(), maps);
    }
}
