package org.fovea.core.train;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.data.augment.Augmentation;
import org.fovea.core.data.augment.AutoAugment;
import org.fovea.core.data.augment.ColorJitter;
import org.fovea.core.data.augment.HorizontalFlip;
import org.fovea.core.data.augment.PaddedCrop;
import org.fovea.core.data.augment.RandAugment;
import org.fovea.core.data.augment.RandomErasing;
import org.fovea.core.data.augment.RandomOrientation;
import org.fovea.core.data.augment.RandomResizedCrop;
import org.fovea.core.data.augment.Resize;
import org.fovea.core.image.ChannelStatistics;
import org.fovea.core.image.Resampling;

/** The keys of a {@link TrainingConfig} about images, and the augmentation that they stand for. */
public final class AugmentationKeys {
    /** Maximum shift of training images in pixels, with padding; 0 for none. */
    public static final ConfigKey<Integer> PADDED_CROP = ConfigKey.whole("padded_crop", 0, 0, 1024);
    /** Smallest fraction of an image's area in a random crop, which is resized to the input; 1 for no cropping. */
    public static final ConfigKey<Double> CROP_AREA = ConfigKey.number("crop_area", 0.001, 1.0, 1);
    /** Largest ratio of a random crop's sides. */
    public static final ConfigKey<Double> CROP_RATIO = ConfigKey.number("crop_ratio", 1, 4.0 / 3, 10);
    /** Probability of mirroring. */
    public static final ConfigKey<Double> FLIP = ConfigKey.number("flip", 0, 0.5, 1);
    /** Probability of a quarter turn or mirroring, each of the eight ways with equal probability. */
    public static final ConfigKey<Double> ORIENTATION = ConfigKey.number("orientation", 0, 0.0, 1);
    /** Strength of random brightness, contrast and saturation. */
    public static final ConfigKey<Double> COLOR_JITTER = ConfigKey.number("color_jitter", 0, 0.0, 10);
    /** RandAugment in timm's notation, such as {@code rand-m9-mstd0.5-inc1}; {@code none} for none. */
    public static final ConfigKey<String> RAND_AUGMENT = ConfigKey.text("rand_augment", "none");
    /** Learned policy of AutoAugment, {@code cifar10}; {@code none} for none. */
    public static final ConfigKey<String> AUTO_AUGMENT = ConfigKey.text("auto_augment", "none", "none", "cifar10");
    /** Probability of erasing a rectangle. */
    public static final ConfigKey<Double> RANDOM_ERASING = ConfigKey.number("random_erasing", 0, 0.0, 1);
    /** Way of fitting images of another aspect ratio to the input of the finished model: {@code stretch} or {@code crop}. */
    public static final ConfigKey<String> FIT = ConfigKey.text("fit", "stretch", "stretch", "crop");
    /** Mean of R, G and B of samples from 0 to 1. */
    public static final ConfigKey<List<Double>> IMAGE_MEAN =
            ConfigKey.color("image_mean", ChannelStatistics.IMAGENET.mean());
    /** Standard deviation of R, G and B of samples from 0 to 1. */
    public static final ConfigKey<List<Double>> IMAGE_STD =
            ConfigKey.color("image_std", ChannelStatistics.IMAGENET.std());

    /** All of these keys, in the order in which files list them. */
    public static final List<ConfigKey<?>> ALL = List.of(
            PADDED_CROP,
            CROP_AREA,
            CROP_RATIO,
            FLIP,
            ORIENTATION,
            COLOR_JITTER,
            RAND_AUGMENT,
            AUTO_AUGMENT,
            RANDOM_ERASING,
            FIT,
            IMAGE_MEAN,
            IMAGE_STD);

    private AugmentationKeys() {}

    /** Augmentations of an image, which end in this size. */
    public static List<Augmentation> augmentations(TrainingConfig config, int height, int width) {
        List<Augmentation> steps = new ArrayList<>();
        int pad = config.get(PADDED_CROP);
        if (pad > 0) {
            steps.add(new PaddedCrop(pad));
        }
        double area = config.get(CROP_AREA);
        boolean crops = area < 1 || config.get(FIT).equals("crop");
        if (crops && (pad == 0 || area < 1)) {
            double ratio = area < 1 ? config.get(CROP_RATIO) : 1;
            List<Resampling> filters = List.of(Resampling.BILINEAR, Resampling.BICUBIC);
            steps.add(new RandomResizedCrop(height, width, area, 1, 1 / ratio, ratio, filters));
        } else if (pad == 0) {
            steps.add(new Resize(height, width, Resampling.BICUBIC));
        }
        steps.add(new HorizontalFlip(config.get(FLIP)));
        if (config.get(ORIENTATION) > 0) {
            steps.add(new RandomOrientation(config.get(ORIENTATION)));
        }
        photometric(config, steps);
        return steps;
    }

    private static void photometric(TrainingConfig config, List<Augmentation> steps) {
        double jitter = config.get(COLOR_JITTER);
        if (jitter > 0) {
            steps.add(new ColorJitter(jitter, jitter, jitter, 0));
        }
        if (!config.get(RAND_AUGMENT).equals("none")) {
            steps.add(RandAugment.timm(config.get(RAND_AUGMENT)));
        }
        if (config.get(AUTO_AUGMENT).equals("cifar10")) {
            steps.add(AutoAugment.cifar10());
        }
        if (config.get(RANDOM_ERASING) > 0) {
            steps.add(RandomErasing.of(config.get(RANDOM_ERASING)));
        }
    }
}
