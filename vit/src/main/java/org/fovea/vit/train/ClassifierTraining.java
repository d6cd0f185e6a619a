package org.fovea.vit.train;

import java.util.Map;
import java.util.function.BinaryOperator;
import org.fovea.core.data.BatchMix;
import org.fovea.core.data.MixUpCutMix;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.graph.Value;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.Losses;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingKeys;
import org.fovea.core.train.TrainingPlan;
import org.fovea.vit.model.ClassifierConfig;
import org.fovea.vit.model.StraightenedConfig;

/** The parts of a classifier's training that the words of a configuration stand for. */
public final class ClassifierTraining {
    private ClassifierTraining() {}

    /**
     * Training plan of a recipe.
     *
     * @param updates training steps in an epoch
     */
    public static TrainingPlan plan(TrainingConfig config, ClassifierConfig model, int updates) {
        ParameterPolicy policy = ParameterPolicy.standard();
        double decay = config.get(TrainingKeys.LAYER_DECAY);
        if (decay < 1) {
            Map<String, Integer> layers = TrainableClassifier.layers(model);
            policy = policy.layerDecay(decay, model.depth(), layers::get);
        }
        if (config.get(TrainingKeys.FREEZE_BACKBONE)) {
            policy = policy.training(name -> TrainableClassifier.isHead(name) || StraightenedConfig.isFront(name));
        }
        return TrainingKeys.plan(config, updates, policy);
    }

    /** Loss, a function of logits and targets. */
    public static BinaryOperator<Value> loss(TrainingConfig config) {
        double smoothing = config.get(ClassifierKeys.LABEL_SMOOTHING);
        return config.get(ClassifierKeys.LOSS).equals("cross_entropy")
                ? (logits, targets) -> Losses.crossEntropy(logits, targets, smoothing)
                : Losses::binaryCrossEntropy;
    }

    /** Augmentation and normalization of single images. */
    public static SamplePipeline pipeline(
            TrainingConfig config, int height, int width, PixelNormalization normalization) {
        return new TrainingPipeline(
                height, width, AugmentationKeys.augmentations(config, height, width), normalization);
    }

    /** Normalization for models that are trained from scratch. */
    public static PixelNormalization normalization(TrainingConfig config) {
        return new PixelNormalization(config.get(AugmentationKeys.IMAGE_MEAN), config.get(AugmentationKeys.IMAGE_STD));
    }

    /**
     * Transformations of a whole batch.
     *
     * @param classWeights weight of each class in its targets; 1 for all if classes are not weighted
     */
    static BatchMix mix(TrainingConfig config, double[] classWeights) {
        BatchMix mix = mix(config);
        return (pixels, shape, targets, count, epoch, random) -> {
            mix.mix(pixels, shape, targets, count, epoch, random);
            for (int i = 0; i < targets.length; i++) {
                targets[i] *= (float) classWeights[i % classWeights.length];
            }
        };
    }

    private static BatchMix mix(TrainingConfig config) {
        double mixUp = config.get(ClassifierKeys.MIXUP);
        double cutMix = config.get(ClassifierKeys.CUTMIX);
        if (mixUp == 0 && cutMix == 0) {
            return BatchMix.none();
        }
        MixUpCutMix mix = MixUpCutMix.of(mixUp, cutMix);
        int epochs = config.get(ClassifierKeys.MIX_EPOCHS);
        return epochs == 0 ? mix : mix.until(epochs);
    }
}
