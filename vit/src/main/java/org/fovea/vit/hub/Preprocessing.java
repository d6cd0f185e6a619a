package org.fovea.vit.hub;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * Preparation of images for a model that was trained here: bicubic resize, samples over 255, less the mean, over the
 * deviation.
 *
 * @param height rows of the model's input
 * @param width columns of the model's input
 * @param fit way to fit an image of another aspect ratio
 * @param mean mean of R, G and B, in samples divided by 255
 * @param std standard deviation of R, G and B in the same unit, above 0
 */
public record Preprocessing(int height, int width, Fit fit, List<Double> mean, List<Double> std) {
    private static final int BICUBIC = 3; // bicubic filter in Pillow's numbering

    /** Ways to bring an image of another shape to the model's. */
    public enum Fit {
        /** Resizes both sides, ignoring the aspect ratio. */
        STRETCH,
        /** Resizes the shorter side to the longer one of the input, then crops the center. */
        CROP
    }

    /** Checks the numbers. */
    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Preprocessing: height and width must be at least 1, got " + height + " x " + width);
        }
        if (mean.size() != 3 || std.size() != 3 || !std.stream().allMatch(s -> s > 0)) {
            throw new IllegalArgumentException(
                    "Preprocessing: mean must be 3 numbers and std 3 numbers above 0, got " + mean + " and " + std);
        }
    }

    /** Writes the keys of {@code preprocessor_config.json}, for an image processor of the reference library. */
    public void write(JsonGenerator json) throws IOException {
        boolean crop = fit == Fit.CROP;
        json.writeStringField("image_processor_type", crop ? "CLIPImageProcessor" : "ViTImageProcessor");
        json.writeBooleanField("do_resize", true);
        json.writeObjectFieldStart("size");
        if (crop) {
            json.writeNumberField("shortest_edge", Math.max(height, width));
        } else {
            writeSides(json);
        }
        json.writeEndObject();
        if (crop) {
            json.writeBooleanField("do_center_crop", true);
            json.writeObjectFieldStart("crop_size");
            writeSides(json);
            json.writeEndObject();
        }
        json.writeNumberField("resample", BICUBIC);
        json.writeBooleanField("do_rescale", true);
        json.writeNumberField("rescale_factor", 1 / 255.0);
        json.writeBooleanField("do_normalize", true);
        write(json, "image_mean", mean);
        write(json, "image_std", std);
    }

    private void writeSides(JsonGenerator json) throws IOException {
        json.writeNumberField("height", height);
        json.writeNumberField("width", width);
    }

    private static void write(JsonGenerator json, String key, List<Double> values) throws IOException {
        json.writeFieldName(key);
        json.writeArray(values.stream().mapToDouble(Double::doubleValue).toArray(), 0, values.size());
    }
}
