package org.fovea.server.task;

import java.util.List;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.ImageRequest;

/** A loaded model as the Open Inference Protocol sees it: tensors by name go in and out. Thread-safe. */
public interface TensorModel {
    /** The name of the input of encoded images, {@code [B]}. */
    String IMAGE = "image";
    /** The name of the input of prepared images, {@code [B, C, H, W]}. */
    String PIXELS = "pixel_values";

    /** The inputs. */
    List<TensorSpec> inputs();

    /** The outputs. */
    List<TensorSpec> outputs();

    /**
     * Reads a request about one image; inputs beside the image are parameters of their names.
     *
     * @return its answer is a {@link TensorRow}
     * @throws ApiException when the request is wrong
     */
    Call<?> open(ImageRequest request);

    /**
     * Takes one prepared image.
     *
     * @param pixels {@code [1, C, H, W]}
     * @return its answer is a {@link TensorRow}
     * @throws ApiException when the model takes none
     */
    default Call<?> open(Tensor pixels) {
        throw ApiException.badRequest("the input must be " + IMAGE + ", got " + PIXELS);
    }
}
