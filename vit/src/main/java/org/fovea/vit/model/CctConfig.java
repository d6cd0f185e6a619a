package org.fovea.vit.model;

import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.nn.ConvTokenizer;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.PositionEmbedding;
import org.fovea.core.nn.PositionResize;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/**
 * Shape of a compact convolutional transformer.
 *
 * @param imageHeight in pixels
 * @param imageWidth in pixels
 * @param channels of the image
 * @param tokenizer the convolutions that make tokens
 * @param width channels of a token
 * @param depth number of transformer blocks
 * @param heads of each attention; divides {@code width}
 * @param hidden channels within each feed-forward block
 * @param classes number of logits
 * @see <a href="https://arxiv.org/abs/2104.05704">Hassani et al. 2021, section 3.4 and table 11</a>
 */
public record CctConfig(
        int imageHeight,
        int imageWidth,
        int channels,
        ConvTokenizer tokenizer,
        int width,
        int depth,
        int heads,
        int hidden,
        int classes)
        implements ClassifierConfig {
    /** The epsilon of every layer norm. */
    static final double NORM_EPSILON = 1e-5;

    /** Checks every size and how they go together. */
    public CctConfig {
        ModelLimits.check("CctConfig: imageHeight", imageHeight, 1, ModelLimits.IMAGE_PIXELS);
        ModelLimits.check("CctConfig: imageWidth", imageWidth, 1, ModelLimits.IMAGE_PIXELS);
        ModelLimits.check("CctConfig: channels", channels, 1, ModelLimits.CHANNELS);
        ModelLimits.check("CctConfig: width", width, 1, ModelLimits.WIDTH);
        ModelLimits.check("CctConfig: depth", depth, 1, ModelLimits.DEPTH);
        ModelLimits.check("CctConfig: hidden", hidden, 1, ModelLimits.HIDDEN);
        ModelLimits.check("CctConfig: classes", classes, 1, ModelLimits.CLASSES);
        ModelLimits.check("CctConfig: the tokenizer's kernel", tokenizer.kernel(), 1, ModelLimits.KERNEL);
        ModelLimits.check("CctConfig: the tokenizer's stride", tokenizer.stride(), 1, ModelLimits.KERNEL);
        ModelLimits.check("CctConfig: the tokenizer's layers", tokenizer.layers(), 1, ModelLimits.DEPTH);
        ModelLimits.check("CctConfig: the tokenizer's planes", tokenizer.planes(), 1, ModelLimits.WIDTH);
        if (heads < 1 || width % heads != 0) {
            throw new IllegalArgumentException(
                    "CctConfig: heads must be a positive divisor of width, got " + heads + " and " + width);
        }
        int tokens = Math.multiplyExact(tokenizer.tokens(imageHeight), tokenizer.tokens(imageWidth));
        ModelLimits.check("CctConfig: the number of tokens", tokens, 1, ModelLimits.TOKENS);
        long kernel = (long) tokenizer.kernel() * tokenizer.kernel();
        ModelLimits.checkTensor("CctConfig: the position embedding", tokens, width);
        ModelLimits.checkTensor("CctConfig: the first convolution", width, kernel * channels);
        ModelLimits.checkTensor(
                "CctConfig: a convolution", Math.max(width, tokenizer.planes()), kernel * tokenizer.planes());
        ModelLimits.checkTensor("CctConfig: the qkv projection", 3L * width, width);
        ModelLimits.checkTensor("CctConfig: the feed-forward map", hidden, width);
        ModelLimits.checkTensor("CctConfig: the classifier", classes, width);
    }

    @Override
    public CctConfig withImage(int height, int newWidth) {
        return new CctConfig(height, newWidth, channels, tokenizer, width, depth, heads, hidden, classes);
    }

    @Override
    public CctConfig withClasses(int count) {
        return new CctConfig(imageHeight, imageWidth, channels, tokenizer, width, depth, heads, hidden, count);
    }

    @Override
    public int gridRows() {
        return tokenizer.tokens(imageHeight);
    }

    @Override
    public int gridColumns() {
        return tokenizer.tokens(imageWidth);
    }

    @Override
    public int tokenCount() {
        return gridRows() * gridColumns();
    }

    @Override
    public Map<String, Shape> parameterShapes() {
        return CompactTransformer.parameterShapes(this);
    }

    @Override
    public Parameters randomParameters(long seed) {
        return CompactTransformer.randomParameters(this, seed);
    }

    @Override
    public Graph inferenceGraph(int batch, Set<Extra> extras) {
        return CompactTransformer.graph(this, batch, DropRates.none(), extras);
    }

    @Override
    public Graph trainingGraph(int batch, DropRates rates) {
        return CompactTransformer.graph(this, batch, rates, Set.of());
    }

    /** An inference graph asks for the learned weights. */
    @Override
    public WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target) {
        return learnedParameters(learned, target);
    }

    @Override
    public WeightSource learnedParameters(WeightSource learned, ClassifierConfig target) {
        ResizedPositions.check(this, target);
        return new ResizedPositions(learned, positions(), ((CctConfig) target).positions(), PositionResize.BICUBIC);
    }

    @Override
    public double[] poolingWeights(Map<String, Tensor> outputs) {
        return outputs.get(CompactTransformer.POOLING_WEIGHTS).toDoubles();
    }

    PositionEmbedding positions() {
        return new PositionEmbedding(0, gridRows(), gridColumns());
    }
}
