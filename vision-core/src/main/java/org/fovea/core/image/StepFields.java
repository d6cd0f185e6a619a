package org.fovea.core.image;

import java.util.Collections;
import java.util.List;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;

/** Reads the values that files about preprocessing have in common. */
final class StepFields {
    private StepFields() {}

    /** Value of a required size in pixels. */
    static int pixels(ConfigFile fields, String key) {
        return fields.required(key, fields.integer(key, 1, ImageProcessor.MAX_PIXELS));
    }

    /** Values for each channel; a single number stands for all three. */
    static List<Double> channels(ConfigFile fields, String key, List<Double> otherwise) {
        if (!fields.has(key)) {
            return otherwise;
        }
        if (!fields.isArray(key)) {
            double value = fields.number(key, -Float.MAX_VALUE, Float.MAX_VALUE).orElseThrow();
            return Collections.nCopies(RgbImage.CHANNELS, value);
        }
        List<Double> out =
                fields.numbers(key, -Float.MAX_VALUE, Float.MAX_VALUE).orElseThrow();
        if (out.size() != RgbImage.CHANNELS && out.size() != 1) {
            throw fields.wrong(key, "a number, or a list of 3 numbers (color) or 1 (gray)");
        }
        return out;
    }

    /** Resampling filter, given by Pillow's code or by name. */
    static Resampling resampling(ConfigFile fields, String key, Resampling otherwise) {
        try {
            return fields.isText(key)
                    ? Resampling.ofName(fields.text(key).orElseThrow())
                    : fields.integer(key, 0, 5).map(Resampling::ofCode).orElse(otherwise);
        } catch (IllegalArgumentException | ModelFormatException e) {
            throw fields.wrong(key, "a Pillow filter: 0 nearest, 1 lanczos, 2 bilinear, 3 bicubic, 4 box or 5 hamming");
        }
    }

    /** Normalization, checked to give finite values; otherwise {@code key} is reported as wrong. */
    static Normalization checkedFinite(ConfigFile fields, String key, Normalization normalization) {
        if (!normalization.isFinite()) {
            throw fields.wrong(key, "of a size with which every pixel gives a finite number in float32");
        }
        return normalization;
    }
}
