package org.fovea.core.image;

import java.util.List;
import org.fovea.core.config.ConfigFile;

/**
 * Reads the preprocessing in timm's {@code config.json}: under {@code pretrained_cfg}, or flat as older files have it.
 *
 * @see <a href="https://github.com/huggingface/pytorch-image-models">timm, {@code data/transforms_factory.py},
 *     {@code transforms_imagenet_eval}</a>
 */
final class TimmSteps {
    private static final double DEFAULT_CROP_FRACTION = 0.875;

    private TimmSteps() {}

    static boolean describes(ConfigFile config) {
        return config.has("pretrained_cfg") || config.has("architecture");
    }

    static ProcessorSteps read(ConfigFile config) {
        ConfigFile fields = config.object("pretrained_cfg").orElse(config);
        List<Integer> size =
                fields.integers("input_size", 1, ImageProcessor.MAX_PIXELS).orElse(List.of(3, 224, 224));
        if (size.size() != 3) {
            throw fields.wrong("input_size", "a list of 3 whole numbers");
        }
        List<Double> mean = StepFields.channels(fields, "mean", ChannelStatistics.IMAGENET.mean());
        List<Double> std = StepFields.channels(fields, "std", ChannelStatistics.IMAGENET.std());
        int channels = size.get(0);
        if (channels != 1 && channels != 3) {
            throw fields.wrong("input_size", "of 1 or 3 channels");
        }
        if (std.contains(0.0)) {
            throw fields.wrong("std", "without 0");
        }
        double fraction = fields.number("crop_pct", 0, 16).orElse(DEFAULT_CROP_FRACTION);
        if (fraction == 0) {
            throw fields.wrong("crop_pct", "above 0 and at most 16");
        }
        int height = size.get(1);
        int width = size.get(2);
        String mode = fields.text("crop_mode").orElse("center");
        CenterCrop crop = new CenterCrop(height, width, CenterCrop.Rounding.HALF_EVEN);
        if (mode.equals("border")) {
            crop = new CenterCrop(height, width, CenterCrop.Rounding.HALF_EVEN, fill(mean));
        }
        int scaledHeight = Math.max(1, (int) Math.floor(height / fraction));
        int scaledWidth = Math.max(1, (int) Math.floor(width / fraction));
        return new ProcessorSteps(
                resize(fields, mode, scaledHeight, scaledWidth),
                StepFields.resampling(fields, "interpolation", Resampling.BICUBIC),
                crop,
                StepFields.checkedFinite(fields, "std", normalization(mean, std, channels)));
    }

    private static Normalization normalization(List<Double> mean, List<Double> std, int channels) {
        return new Normalization(
                Normalization.Arithmetic.FLOAT_QUOTIENT,
                1 / 255.0,
                perChannel(mean, channels),
                perChannel(std, channels));
    }

    private static ResizeRule resize(ConfigFile fields, String mode, int height, int width) {
        return switch (mode) {
            case "squash" -> new ResizeRule.Exact(height, width);
            case "border" -> new ResizeRule.KeepRatio(height, width, ResizeRule.KeepRatio.Fit.INSIDE);
            case "center" ->
                height == width
                        ? new ResizeRule.ShortestEdge(height, 0)
                        : new ResizeRule.KeepRatio(height, width, ResizeRule.KeepRatio.Fit.COVER);
            default -> throw fields.wrong("crop_mode", "center, squash or border");
        };
    }

    private static List<Integer> fill(List<Double> mean) {
        return perChannel(mean, RgbImage.CHANNELS).stream()
                .map(m -> (int) Math.rint(255 * m))
                .toList();
    }

    private static List<Double> perChannel(List<Double> values, int channels) {
        if (values.size() == channels) {
            return values;
        }
        Double first = values.get(0);
        return channels == 1 ? List.of(first) : List.of(first, first, first);
    }
}
