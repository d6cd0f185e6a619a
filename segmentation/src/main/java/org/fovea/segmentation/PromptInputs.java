package org.fovea.segmentation;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.segmentation.model.PointKind;
import org.fovea.segmentation.model.Sam;
import org.fovea.segmentation.model.Sam.Ambiguity;

/** Prompts as the decoder's inputs. */
final class PromptInputs {
    private PromptInputs() {}

    /**
     * The form that prompts must share to be decoded together.
     *
     * @param points number of points of each prompt; a prompt without a box ends with an empty one
     */
    record Form(int points, boolean mask, Ambiguity ambiguity) {
        static Form of(Prompt prompt) {
            int points = prompt.places().size() + (prompt.hasBox() ? 0 : 1);
            return new Form(points, prompt.earlier().isPresent(), prompt.ambiguity());
        }

        Sam.Form of(int prompts, boolean attention) {
            return new Sam.Form(prompts, points, mask, ambiguity, attention);
        }
    }

    /**
     * Inputs for prompts of the same form; the first prompt fills unused rows.
     *
     * @throws IllegalArgumentException when an earlier mask has another size than the model's
     */
    static Map<String, Tensor> of(List<Prompt> prompts, int rows, MaskFrame frame, Tensor tokens) {
        Form form = Form.of(prompts.get(0));
        float[] at = new float[rows * form.points() * 2];
        int[] kinds = new int[rows * form.points()];
        Tensor masks =
                form.mask() ? Tensor.zeros(DType.F32, Shape.of(rows, 1, frame.maskPixels(), frame.maskPixels())) : null;
        FloatBuffer maskBuffer = masks == null ? null : masks.buffer().asFloatBuffer();
        for (int row = 0; row < rows; row++) {
            Prompt prompt = prompts.get(row < prompts.size() ? row : 0);
            int i = row * form.points();
            for (Prompt.Point place : prompt.places()) {
                at[2 * i] = (float) frame.x(place.x());
                at[2 * i + 1] = (float) frame.y(place.y());
                kinds[i++] = place.kind().index();
            }
            if (!prompt.hasBox()) {
                kinds[i] = PointKind.NONE;
            }
            prompt.earlier().ifPresent(mask -> maskBuffer.put(checked(mask, frame)));
        }
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put(Sam.TOKENS, tokens);
        out.put(Sam.POINTS, Tensor.of(at, rows, form.points(), 2));
        out.put(Sam.KINDS, Tensor.of(kinds, rows, form.points()));
        if (masks != null) {
            out.put(Sam.INPUT_MASKS, masks);
        }
        return out;
    }

    private static float[] checked(Tensor mask, MaskFrame frame) {
        int side = frame.maskPixels();
        if (!mask.shape().equals(Shape.of(side, side)) || !mask.dtype().isFloat()) {
            throw new IllegalArgumentException("Prompt: an earlier mask must be logits [" + side + ", " + side
                    + "] as the model makes them, got " + mask);
        }
        return mask.toFloats();
    }
}
