package org.fovea.server.task;

import java.util.List;
import org.fovea.core.tensor.Tensor;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.ImageRequest;

/** A loaded model as the Open Inference Protocol sees it: tensors by name go in and out. Thread-safe. */
public interface TensorModel {
    /** Name of the input of encoded images, {@code [B]}. */
    String IMAGE = "image";
    /** Name of the input of preprocessed images, {@code [B, C, H, W]}. */
    String PIXELS = "pixel_values";

    /** Input tensors. */
    List<TensorSpec> inputs();

    /** Output tensors. */
    List<TensorSpec> outputs();

    /**
     * Reads a request about one image; other inputs become parameters of the same names.
     *
     * @return call whose answer is a {@link TensorRow}
     * @throws ApiException when the request is wrong
     */
    Call<?> open(ImageRequest request);

    /**
     * Reads a request with one preprocessed image.
     *
     * @param pixels {@code [1, C, H, W]}
     * @return call whose answer is a {@link TensorRow}
     * @throws ApiException when the model does not accept preprocessed images
     */
    default Call<?> open(Tensor pixels) {
        throw ApiException.badRequest("the input must be " + IMAGE + ", got " + PIXELS);
    }
}
