package org.fovea.cli.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.fovea.core.backend.Precision;
import org.fovea.core.data.BatchMix;
import org.fovea.core.data.MixUpCutMix;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.data.SamplePipeline;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.data.augment.AutoAugment;
import org.fovea.core.data.augment.ColorJitter;
import org.fovea.core.data.augment.HorizontalFlip;
import org.fovea.core.data.augment.PaddedCrop;
import org.fovea.core.data.augment.RandAugment;
import org.fovea.core.data.augment.RandomErasing;
import org.fovea.core.data.augment.RandomOrientation;
import org.fovea.core.data.augment.RandomResizedCrop;
import org.fovea.core.image.PillowResize;
import org.fovea.core.image.Resampling;
import org.fovea.core.nn.DropRates;
import org.fovea.core.train.BestMetric;
import org.fovea.core.train.LossFunction;
import org.fovea.core.train.Optimizer;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.Schedule;
import org.fovea.core.train.TrainingRecipe;
import org.fovea.core.train.TrainingSettings;
import org.fovea.vit.TrainableClassifier;
import org.fovea.vit.model.ClassifierConfig;

/** What the words of a recipe stand for. */
record Ingredients(Recipe recipe) {
    /** Everything the trainer needs; {@code updates} is the number of steps in an epoch. */
    TrainingRecipe training(ClassifierConfig config, int updates) {
        TrainingSettings settings = TrainingSettings.builder()
                .epochs(recipe.whole(RecipeKey.EPOCHS))
                .precision(precision())
                .seed(recipe.whole(RecipeKey.SEED))
                .clipNorm(recipe.number(RecipeKey.CLIP_NORM))
                .emaDecay(recipe.number(RecipeKey.EMA_DECAY))
                .accumulation(recipe.whole(RecipeKey.ACCUMULATION))
                .patience(recipe.whole(RecipeKey.PATIENCE))
                .metric(BestMetric.valueOf(upper(RecipeKey.METRIC)))
                .gradientCheckpointing(recipe.flag(RecipeKey.GRADIENT_CHECKPOINTING))
                .build();
        return new TrainingRecipe(settings, loss(), optimizer(), schedule(updates), policy(config));
    }

    Precision precision() {
        return Precision.valueOf(upper(RecipeKey.PRECISION));
    }

    DropRates drops() {
        return new DropRates(
                recipe.number(RecipeKey.DROPOUT),
                recipe.number(RecipeKey.ATTENTION_DROPOUT),
                recipe.number(RecipeKey.STOCHASTIC_DEPTH));
    }

    private LossFunction loss() {
        return recipe.text(RecipeKey.LOSS).equals("cross_entropy")
                ? LossFunction.crossEntropy(recipe.number(RecipeKey.LABEL_SMOOTHING))
                : LossFunction.binaryCrossEntropy();
    }

    private Optimizer optimizer() {
        double decay = recipe.number(RecipeKey.WEIGHT_DECAY);
        return recipe.text(RecipeKey.OPTIMIZER).equals("adamw")
                ? Optimizer.adamW(decay)
                : Optimizer.sgd(recipe.number(RecipeKey.MOMENTUM), decay);
    }

    private Schedule schedule(int updates) {
        double peak = recipe.number(RecipeKey.LEARNING_RATE);
        double start = recipe.number(RecipeKey.WARMUP_LEARNING_RATE);
        long total = (long) updates * recipe.whole(RecipeKey.EPOCHS);
        long warm = Math.min(Math.round(updates * recipe.number(RecipeKey.WARMUP_EPOCHS)), total - 1);
        return switch (recipe.text(RecipeKey.SCHEDULE)) {
            case "cosine" -> {
                double end = Math.min(peak, recipe.number(RecipeKey.FINAL_LEARNING_RATE));
                yield new Schedule.Cosine(peak, Math.min(peak, start), end, warm, total);
            }
            case "step" -> {
                long every = (long) updates * recipe.whole(RecipeKey.STEP_EPOCHS);
                List<Long> drops = LongStream.rangeClosed(1, total / every)
                        .map(i -> i * every)
                        .boxed()
                        .toList();
                double factor = recipe.number(RecipeKey.STEP_FACTOR);
                yield new Schedule.Steps(peak, Math.min(peak, start), warm, drops, factor);
            }
            default -> new Schedule.Steps(peak, Math.min(peak, start), warm, List.of(), 1);
        };
    }

    private ParameterPolicy policy(ClassifierConfig config) {
        ParameterPolicy policy = ParameterPolicy.standard();
        double decay = recipe.number(RecipeKey.LAYER_DECAY);
        if (decay < 1) {
            policy = policy.layerDecay(decay, "blocks", config.depth(), TrainableClassifier::isAfterBlocks);
        }
        return recipe.flag(RecipeKey.FREEZE_BACKBONE) ? policy.training(TrainableClassifier::isHead) : policy;
    }

    SamplePipeline pipeline(int height, int width, PixelNormalization normalization) {
        List<Augmentation> steps = new ArrayList<>();
        int pad = recipe.whole(RecipeKey.PADDED_CROP);
        if (pad > 0) {
            steps.add(new PaddedCrop(pad));
        }
        double area = recipe.number(RecipeKey.CROP_AREA);
        boolean crops = area < 1 || recipe.text(RecipeKey.FIT).equals("crop");
        if (crops && (pad == 0 || area < 1)) {
            double ratio = area < 1 ? recipe.number(RecipeKey.CROP_RATIO) : 1;
            List<Resampling> filters = List.of(Resampling.BILINEAR, Resampling.BICUBIC);
            steps.add(new RandomResizedCrop(height, width, area, 1, 1 / ratio, ratio, filters));
        } else if (pad == 0) {
            steps.add((image, random) -> PillowResize.resize(image, height, width, Resampling.BICUBIC));
        }
        steps.add(new HorizontalFlip(recipe.number(RecipeKey.FLIP)));
        if (recipe.number(RecipeKey.ORIENTATION) > 0) {
            steps.add(new RandomOrientation(recipe.number(RecipeKey.ORIENTATION)));
        }
        double jitter = recipe.number(RecipeKey.COLOR_JITTER);
        if (jitter > 0) {
            steps.add(new ColorJitter(jitter, jitter, jitter, 0));
        }
        String randAugment = recipe.text(RecipeKey.RAND_AUGMENT);
        if (!randAugment.equals("none")) {
            steps.add(RandAugment.timm(randAugment));
        }
        if (recipe.text(RecipeKey.AUTO_AUGMENT).equals("cifar10")) {
            steps.add(AutoAugment.cifar10());
        }
        if (recipe.number(RecipeKey.RANDOM_ERASING) > 0) {
            steps.add(RandomErasing.of(recipe.number(RecipeKey.RANDOM_ERASING)));
        }
        return new TrainingPipeline(height, width, steps, normalization);
    }

    /**
     * What happens to a whole batch.
     *
     * @param classWeights a factor per class for its targets; 1 for all where classes count alike
     */
    BatchMix mix(double[] classWeights) {
        BatchMix mix = mix();
        return (pixels, shape, targets, count, epoch, random) -> {
            mix.mix(pixels, shape, targets, count, epoch, random);
            for (int i = 0; i < targets.length; i++) {
                targets[i] *= (float) classWeights[i % classWeights.length];
            }
        };
    }

    private BatchMix mix() {
        double mixUp = recipe.number(RecipeKey.MIXUP);
        double cutMix = recipe.number(RecipeKey.CUTMIX);
        if (mixUp == 0 && cutMix == 0) {
            return BatchMix.none();
        }
        MixUpCutMix mix = MixUpCutMix.of(mixUp, cutMix);
        int epochs = recipe.whole(RecipeKey.MIX_EPOCHS);
        return epochs == 0 ? mix : mix.until(epochs);
    }

    private String upper(RecipeKey key) {
        return recipe.text(key).toUpperCase(Locale.ROOT);
    }
}
