package org.fovea.core.image;

import java.util.Collections;
import java.util.List;

/** Reads {@code preprocessor_config.json} in all its ages. */
final class HubSteps {
    private final JsonFields fields;
    private final HubProcessor processor;

    private HubSteps(JsonFields fields, HubProcessor processor) {
        this.fields = fields;
        this.processor = processor;
    }

    /**
     * The steps that a file describes.
     *
     * @param modelType the checkpoint's {@code model_type}, for files that name no processor; empty where unknown
     */
    static ProcessorSteps read(JsonFields fields, String modelType) {
        return new HubSteps(fields, processor(fields, modelType)).steps();
    }

    private static HubProcessor processor(JsonFields fields, String modelType) {
        for (String key : List.of("image_processor_type", "feature_extractor_type")) {
            if (fields.has(key)) {
                HubProcessor processor = HubProcessor.ofClass(fields.text(key, ""));
                if (processor == null) {
                    throw fields.wrong(
                            key, "be one of " + HubProcessor.names() + " (or the Fast or FeatureExtractor form)");
                }
                return processor;
            }
        }
        return HubProcessor.ofModelType(modelType);
    }

    private ProcessorSteps steps() {
        ResizeRule resize = fields.flag("do_resize", true) ? resize() : new ResizeRule.None();
        CenterCrop crop = fields.flag("do_center_crop", processor.cropPixels > 0) ? crop() : null;
        ProcessorSteps steps =
                new ProcessorSteps(resize, fields.resampling("resample", processor.filter), crop, normalization());
        if (steps.inputSize() == null) {
            throw fields.wrong(
                    "do_center_crop",
                    "be true unless size is an exact height and width, so that every input has one size");
        }
        return steps;
    }

    private ResizeRule resize() {
        if (!fields.has("size")) {
            return processor.resize;
        }
        if (!fields.isObject("size")) {
            int pixels = fields.pixels("size");
            return processor.sizesByShortestEdge()
                    ? new ResizeRule.ShortestEdge(pixels, 0)
                    : new ResizeRule.Exact(pixels, pixels);
        }
        JsonFields size = fields.object("size");
        if (size.has("shortest_edge")) {
            return new ResizeRule.ShortestEdge(size.pixels("shortest_edge"), size.pixels("longest_edge", 0));
        }
        requireHeightAndWidth("size", size);
        return new ResizeRule.Exact(size.pixels("height"), size.pixels("width"));
    }

    private CenterCrop crop() {
        CenterCrop.Rounding down = CenterCrop.Rounding.DOWN;
        if (!fields.has("crop_size")) {
            int pixels = processor.cropPixels > 0 ? processor.cropPixels : 224;
            return new CenterCrop(pixels, pixels, down);
        }
        if (!fields.isObject("crop_size")) {
            return new CenterCrop(fields.pixels("crop_size"), fields.pixels("crop_size"), down);
        }
        JsonFields size = fields.object("crop_size");
        if (size.has("shortest_edge")) {
            return new CenterCrop(size.pixels("shortest_edge"), size.pixels("shortest_edge"), down);
        }
        requireHeightAndWidth("crop_size", size);
        return new CenterCrop(size.pixels("height"), size.pixels("width"), down);
    }

    private void requireHeightAndWidth(String key, JsonFields size) {
        if (!size.has("height") || !size.has("width")) {
            throw fields.wrong(key, "be a number or hold height and width, or shortest_edge");
        }
    }

    private Normalization normalization() {
        double factor = fields.flag("do_rescale", true) ? fields.number("rescale_factor", 1 / 255.0) : 1;
        List<Double> mean = fields.channels("image_mean", processor.statistics.mean);
        List<Double> std = fields.channels("image_std", processor.statistics.std);
        if (mean.size() != std.size() || std.contains(0.0)) {
            throw fields.wrong("image_std", "have no 0 and as many numbers as image_mean, which has " + mean.size());
        }
        if (!fields.flag("do_normalize", true)) {
            mean = Collections.nCopies(mean.size(), 0.0);
            std = Collections.nCopies(std.size(), 1.0);
        }
        return new Normalization(Normalization.Arithmetic.DOUBLE_PRODUCT, factor, mean, std);
    }
}
