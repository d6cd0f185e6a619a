package org.fovea.vit.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.StraightenedConfig;

/**
 * A classifier to be trained: one with random weights, or a checkpoint's with a new head.
 *
 * <pre>{@code
 * TrainableClassifier model = TrainableClassifier.fromScratch(CctPresets.cct2(), new DropRates(0, 0.1, 0.1), 1);
 * try (PretrainedModel source = PretrainedModel.open(Path.of("vit-base-patch16-224"))) {
 *     TrainableClassifier probe = TrainableClassifier.fineTuning(source, List.of("cat", "dog"), DropRates.none(), 1);
 *     ParameterPolicy policy = ParameterPolicy.standard().training(TrainableClassifier::isHead);
 * }
 * }</pre>
 *
 * @param config configuration of the model
 * @param rates dropout rates in training
 * @param initialParameters initial weights
 */
public record TrainableClassifier(ClassifierConfig config, DropRates rates, WeightSource initialParameters) {
    /** Prefix of the names of a block's weights; models in stages count blocks within each stage. */
    private static final Pattern BLOCK = Pattern.compile("(stages\\.\\d+\\.)?blocks\\.\\d+\\.");

    /** Creates a model with random weights. */
    public static TrainableClassifier fromScratch(ClassifierConfig config, DropRates rates, long seed) {
        return new TrainableClassifier(config, rates, config.randomParameters(seed));
    }

    /**
     * Creates a checkpoint's model with a random head, or with its own head if it has the same classes.
     *
     * @param source checkpoint, which must stay open until training has started
     * @param labels class names in the order of their indices
     * @param seed seed of the head
     */
    public static TrainableClassifier fineTuning(
            PretrainedModel source, List<String> labels, DropRates rates, long seed) {
        ClassifierConfig config = source.config().withClasses(labels.size());
        WeightSource learned =
                source.labels().equals(labels) ? source.parameters() : withRandomHead(config, source, seed);
        return new TrainableClassifier(config, rates, learned);
    }

    private static WeightSource withRandomHead(ClassifierConfig config, PretrainedModel source, long seed) {
        return fresh(TrainableClassifier::isHead, config.randomParameters(seed), source.parameters());
    }

    /** Weight source with random values for some weights and learned ones for the others. */
    private static WeightSource fresh(Predicate<String> names, Parameters random, WeightSource learned) {
        return new WeightSource() {
            @Override
            public Shape shape(String name) {
                return from(name).shape(name);
            }

            @Override
            public Tensor tensor(String name) {
                return from(name).tensor(name);
            }

            private WeightSource from(String name) {
                return names.test(name) ? random : learned;
            }
        };
    }

    /**
     * Copy for images of another size; the architecture defines the way in which its position embedding is resized.
     *
     * @throws IllegalArgumentException when the model does not support the size
     */
    public TrainableClassifier withImage(int height, int width) {
        ClassifierConfig target = config.withImage(height, width);
        return target.equals(config)
                ? this
                : new TrainableClassifier(target, rates, config.learnedParameters(initialParameters, target));
    }

    /**
     * Copy with a new spatial transformer before the model, which is the identity at first; this model itself if it has that
     * transformer.
     *
     * @param seed seed of the spatial transformer
     * @throws IllegalArgumentException when the model has another spatial transformer
     */
    public TrainableClassifier withFront(SpatialFront front, long seed) {
        if (config instanceof StraightenedConfig own) {
            if (own.front() != front) {
                throw new IllegalArgumentException("TrainableClassifier: the front must be the model's own, got "
                        + front.label() + " for one with " + own.front().label());
            }
            return this;
        }
        ClassifierConfig target = new StraightenedConfig(front, config);
        Parameters random = target.randomParameters(seed);
        return new TrainableClassifier(target, rates, fresh(StraightenedConfig::isFront, random, initialParameters));
    }

    /** Returns whether a weight belongs to the classification head, which is all that a linear probe trains. */
    public static boolean isHead(String name) {
        return name.startsWith("head.") || name.startsWith("distillation_head.");
    }

    /**
     * Block number of each weight, from 0 in the order of the forward pass; -1 before the first block, and the model's depth
     * after the last and for a spatial transformer, which is not part of the checkpoint.
     */
    static Map<String, Integer> layers(ClassifierConfig config) {
        Map<String, Integer> out = new HashMap<>();
        String block = "";
        int layer = -1;
        for (String name : config.parameterShapes().keySet()) {
            Matcher found = BLOCK.matcher(name);
            if (found.lookingAt() && !found.group().equals(block)) {
                block = found.group();
                layer++;
            }
            boolean after = isHead(name)
                    || StraightenedConfig.isFront(name)
                    || name.startsWith("norm.")
                    || name.startsWith("pool.");
            out.put(name, after ? config.depth() : layer);
        }
        return out;
    }

    /** Training graph for a batch of images. */
    public Graph trainingGraph(int batch) {
        return config.trainingGraph(batch, rates);
    }

    /** Evaluation graph with the same weights. */
    Graph evaluationGraph(int batch) {
        return config.trainingGraph(batch, DropRates.none());
    }
}
