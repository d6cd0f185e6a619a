package org.fovea.server.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;

/** A grid of weights with its place on the image, as JSON. */
public final class AttentionJson {
    private AttentionJson() {}

    /**
     * JSON of an attention map.
     *
     * @param map attention map, {@code [rows, columns]}
     * @param geometry part of the image that it covers
     */
    public static Map<String, Object> of(Tensor map, InputGeometry geometry, RgbImage image) {
        return Map.of(
                "rows", map.shape().dim(0),
                "columns", map.shape().dim(1),
                "weights", numbers(map.toFloats()),
                "region",
                        Map.of(
                                "left", geometry.left() / image.width(),
                                "top", geometry.top() / image.height(),
                                "right", geometry.right() / image.width(),
                                "bottom", geometry.bottom() / image.height()));
    }

    /** Numbers with as many digits as single precision needs. */
    public static List<Object> numbers(float... values) {
        List<Object> out = new ArrayList<>(values.length);
        for (float value : values) {
            out.add(Double.valueOf(Float.toString(value)));
        }
        return out;
    }
}
