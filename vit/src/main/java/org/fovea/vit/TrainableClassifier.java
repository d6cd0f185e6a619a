package org.fovea.vit;

import java.util.List;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.DropRates;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.TrainableModel;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;

/**
 * A classifier to be trained: a fresh one, or a checkpoint's with a new head.
 *
 * <pre>{@code
 * TrainableClassifier model = TrainableClassifier.fresh(CctPresets.cct2(), new DropRates(0, 0.1, 0.1), 1);
 * try (PretrainedModel source = PretrainedModel.open(Path.of("vit-base-patch16-224"))) {
 *     TrainableClassifier probe = TrainableClassifier.fineTuned(source, List.of("cat", "dog"), DropRates.none(), 1);
 *     ParameterPolicy policy = ParameterPolicy.standard().training(TrainableClassifier::isHead);
 * }
 * }</pre>
 *
 * @param config what is trained
 * @param rates what training drops
 * @param initialParameters where training starts
 */
public record TrainableClassifier(ClassifierConfig config, DropRates rates, WeightSource initialParameters)
        implements TrainableModel {
    /** A model with fresh weights. */
    public static TrainableClassifier fresh(ClassifierConfig config, DropRates rates, long seed) {
        return new TrainableClassifier(config, rates, config.randomParameters(seed));
    }

    /**
     * A checkpoint's model with a fresh head; the checkpoint's own head where it has these very classes.
     *
     * @param source must stay open while training starts
     * @param labels the classes, in the order of their indices
     * @param seed of the head
     */
    public static TrainableClassifier fineTuned(
            PretrainedModel source, List<String> labels, DropRates rates, long seed) {
        ClassifierConfig config = source.config().withClasses(labels.size());
        WeightSource learned =
                source.labels().equals(labels) ? source.parameters() : withFreshHead(config, source, seed);
        return new TrainableClassifier(config, rates, learned);
    }

    private static WeightSource withFreshHead(ClassifierConfig config, PretrainedModel source, long seed) {
        Parameters fresh = config.randomParameters(seed);
        return new WeightSource() {
            @Override
            public Shape shape(String name) {
                return from(name).shape(name);
            }

            @Override
            public Tensor tensor(String name) {
                return from(name).tensor(name);
            }

            private Parameters from(String name) {
                return isHead(name) ? fresh : source.parameters();
            }
        };
    }

    /**
     * This model for images of another size, its position embedding resized as the architecture does it.
     *
     * @throws IllegalArgumentException when the model does not take the size
     */
    public TrainableClassifier withImage(int height, int width) {
        ClassifierConfig target = config.withImage(height, width);
        return target.equals(config)
                ? this
                : new TrainableClassifier(target, rates, config.learnedParameters(initialParameters, target));
    }

    /** Whether a weight belongs to the classifier on top, all that a linear probe trains. */
    public static boolean isHead(String name) {
        return name.startsWith("head.") || name.startsWith("distillation_head.");
    }

    /** Whether a weight comes after all blocks, for decay of the learning rate from layer to layer. */
    public static boolean isAfterBlocks(String name) {
        return isHead(name) || name.startsWith("norm.") || name.startsWith("pool.");
    }

    @Override
    public Graph graph(int batch, Mode mode) {
        return config.trainingGraph(batch, mode == Mode.TRAINING ? rates : DropRates.none());
    }
}
