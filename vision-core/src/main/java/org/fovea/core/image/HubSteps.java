package org.fovea.core.image;

import java.util.Collections;
import java.util.List;
import org.fovea.core.config.ConfigFile;

/** Reads {@code preprocessor_config.json} in all its versions. */
final class HubSteps {
    private static final int VILT_DIVISOR = 32;

    private final ConfigFile fields;
    private final HubProcessor processor;

    private HubSteps(ConfigFile fields, HubProcessor processor) {
        this.fields = fields;
        this.processor = processor;
    }

    /**
     * Reads the preprocessing steps of a file.
     *
     * @param modelType model type of the checkpoint, for files that name no processor; empty if it is unknown
     */
    static ProcessorSteps read(ConfigFile fields, String modelType) {
        return new HubSteps(fields, processor(fields, modelType)).steps();
    }

    private static HubProcessor processor(ConfigFile fields, String modelType) {
        for (String key : List.of("image_processor_type", "feature_extractor_type")) {
            if (fields.has(key)) {
                HubProcessor processor = HubProcessor.ofClass(fields.text(key).orElseThrow());
                if (processor == null) {
                    throw fields.wrong(
                            key, "one of " + HubProcessor.names() + " (or the Fast or FeatureExtractor form)");
                }
                return processor;
            }
        }
        return HubProcessor.ofModelType(modelType);
    }

    private ProcessorSteps steps() {
        ResizeRule resize = fields.flag("do_resize").orElse(true) ? resize() : new ResizeRule.None();
        Framing framing = fields.flag("do_center_crop").orElse(processor.cropPixels > 0) ? crop() : padding();
        Resampling filter = StepFields.resampling(fields, "resample", processor.filter);
        ProcessorSteps steps = new ProcessorSteps(resize, filter, framing, normalization());
        if (steps.inputSize() == null && processor != HubProcessor.VILT) {
            throw fields.wrong(
                    "do_center_crop",
                    "true unless size is an exact height and width or images are padded, so that every input has one size");
        }
        return steps;
    }

    private ResizeRule resize() {
        ResizeRule rule = sizeRule();
        if (processor != HubProcessor.VILT) {
            return rule;
        }
        if (!(rule instanceof ResizeRule.ShortestEdge edge)) {
            throw fields.wrong("size", "a number or hold shortest_edge");
        }
        int divisor =
                fields.integer("size_divisor", 1, ImageProcessor.MAX_PIXELS).orElse(VILT_DIVISOR);
        return new ResizeRule.ShortestEdgeMultiple(edge.pixels(), divisor);
    }

    private ResizeRule sizeRule() {
        if (!fields.has("size")) {
            return processor.resize;
        }
        if (!fields.isObject("size")) {
            int pixels = StepFields.pixels(fields, "size");
            return processor.sizesByShortestEdge()
                    ? new ResizeRule.ShortestEdge(pixels, 0)
                    : new ResizeRule.Exact(pixels, pixels);
        }
        ConfigFile size = fields.object("size").orElseThrow();
        if (size.has("shortest_edge")) {
            int longest = size.has("longest_edge") ? StepFields.pixels(size, "longest_edge") : 0;
            return new ResizeRule.ShortestEdge(StepFields.pixels(size, "shortest_edge"), longest);
        }
        if (size.has("longest_edge")) {
            return new ResizeRule.LongestEdge(StepFields.pixels(size, "longest_edge"));
        }
        requireHeightAndWidth("size", size);
        return new ResizeRule.Exact(StepFields.pixels(size, "height"), StepFields.pixels(size, "width"));
    }

    /** Padding to a fixed size; null for none. */
    private CornerPad padding() {
        int pixels = processor.padPixels();
        if (pixels == 0 || !fields.flag("do_pad").orElse(true)) {
            return null;
        }
        if (!fields.has("pad_size")) {
            return new CornerPad(pixels, pixels);
        }
        if (!fields.isObject("pad_size")) {
            int side = StepFields.pixels(fields, "pad_size");
            return new CornerPad(side, side);
        }
        ConfigFile size = fields.object("pad_size").orElseThrow();
        requireHeightAndWidth("pad_size", size);
        return new CornerPad(StepFields.pixels(size, "height"), StepFields.pixels(size, "width"));
    }

    private CenterCrop crop() {
        CenterCrop.Rounding down = CenterCrop.Rounding.DOWN;
        if (!fields.has("crop_size")) {
            int pixels = processor.cropPixels > 0 ? processor.cropPixels : 224;
            return new CenterCrop(pixels, pixels, down);
        }
        if (!fields.isObject("crop_size")) {
            int pixels = StepFields.pixels(fields, "crop_size");
            return new CenterCrop(pixels, pixels, down);
        }
        ConfigFile size = fields.object("crop_size").orElseThrow();
        if (size.has("shortest_edge")) {
            int pixels = StepFields.pixels(size, "shortest_edge");
            return new CenterCrop(pixels, pixels, down);
        }
        requireHeightAndWidth("crop_size", size);
        return new CenterCrop(StepFields.pixels(size, "height"), StepFields.pixels(size, "width"), down);
    }

    private void requireHeightAndWidth(String key, ConfigFile size) {
        if (!size.has("height") || !size.has("width")) {
            throw fields.wrong(key, "a number or hold height and width, or shortest_edge");
        }
    }

    private Normalization normalization() {
        double factor = fields.flag("do_rescale").orElse(true)
                ? fields.number("rescale_factor", -Float.MAX_VALUE, Float.MAX_VALUE)
                        .orElse(1 / 255.0)
                : 1;
        List<Double> mean = StepFields.channels(fields, "image_mean", processor.statistics.mean());
        List<Double> std = StepFields.channels(fields, "image_std", processor.statistics.std());
        if (mean.size() != std.size() || std.contains(0.0)) {
            throw fields.wrong(
                    "image_std", "without 0 and have as many numbers as image_mean, which has " + mean.size());
        }
        if (!fields.flag("do_normalize").orElse(true)) {
            mean = Collections.nCopies(mean.size(), 0.0);
            std = Collections.nCopies(std.size(), 1.0);
        }
        Normalization out = new Normalization(Normalization.Arithmetic.DOUBLE_PRODUCT, factor, mean, std);
        return StepFields.checkedFinite(fields, "image_std", out);
    }
}
