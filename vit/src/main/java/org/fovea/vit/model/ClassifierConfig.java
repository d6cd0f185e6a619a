package org.fovea.vit.model;

import java.util.Map;
import java.util.Set;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Flops;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.DropRates;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/**
 * Shape of a classifier whose tokens come from a grid of places on the image: what everything that runs, explains, trains
 * or saves one needs of it.
 */
public sealed interface ClassifierConfig permits ViTConfig, CctConfig {
    /** Rows of the image. */
    int imageHeight();

    /** Columns of the image. */
    int imageWidth();

    /** Channels of the image. */
    int channels();

    /** Channels of a token. */
    int width();

    /** The number of transformer blocks. */
    int depth();

    /** The number of heads of each attention. */
    int heads();

    /** The number of logits. */
    int classes();

    /** The number of tokens of an image, those before the grid's included. */
    int tokenCount();

    /** Rows of the grid of tokens. */
    int gridRows();

    /** Columns of the grid of tokens. */
    int gridColumns();

    /**
     * This model for images of another size.
     *
     * @throws IllegalArgumentException when the model does not take it
     */
    ClassifierConfig withImage(int height, int width);

    /** This model with another number of classes. */
    ClassifierConfig withClasses(int classes);

    /** Every learned weight with its shape, in the order of the forward pass. */
    Map<String, Shape> parameterShapes();

    /**
     * Fresh weights, distributed as the model's authors do.
     *
     * @param seed decides the values, with each weight's name
     */
    Parameters randomParameters(long seed);

    /**
     * The graph that answers: input {@link VisionTransformer#PIXELS}, output {@link VisionTransformer#LOGITS} and the
     * extras; asks for {@link #inferenceParameters}.
     *
     * @param batch images at once, at least 1
     */
    Graph inferenceGraph(int batch, Set<Extra> extras);

    /**
     * The graph that learns: the same input and output; asks for the learned weights, and with drops for the index input
     * {@link org.fovea.core.nn.DropoutContext#SEED}.
     *
     * @param batch images at once, at least 1
     */
    Graph trainingGraph(int batch, DropRates rates);

    /**
     * The weights that an inference graph of {@code target} asks for.
     *
     * @param learned of this configuration; asked when the result is
     * @param target this configuration, or it with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    WeightSource inferenceParameters(WeightSource learned, ClassifierConfig target);

    /**
     * The weights that training of {@code target} starts from: these, the position embedding resized to its grid.
     *
     * @param learned of this configuration; asked when the result is
     * @param target this configuration, or it with another image size
     * @throws IllegalArgumentException when the two differ in more than the image size
     */
    WeightSource learnedParameters(WeightSource learned, ClassifierConfig target);

    /**
     * The share of each token after the last block in what the classifier reads; they sum to 1.
     *
     * @param outputs of one image, with {@link Extra#ATTENTIONS}
     */
    double[] poolingWeights(Map<String, Tensor> outputs);

    /** Channels of one head. */
    default int headWidth() {
        return width() / heads();
    }

    /** The number of learned numbers, classifier included. */
    default long parameterCount() {
        return parameterShapes().values().stream().mapToLong(Shape::size).sum();
    }

    /**
     * Floating-point operations of the matrix products for one image, a multiplication and an addition counted as two.
     */
    default long flops() {
        return Flops.of(inferenceGraph(1, Set.of()));
    }
}
