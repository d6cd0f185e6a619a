package org.fovea.segmentation.hub;

import java.util.List;
import java.util.Map;
import org.fovea.core.hub.ModelDescription;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.hub.ModelSpec;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.hub.NameTable;
import org.fovea.core.tensor.Shape;
import org.fovea.segmentation.model.Sam;

/**
 * A SAM as its {@code config.json} tells it.
 *
 * @param names of the weights
 */
record SamSpec(Sam model, NameTable names) implements ModelSpec {
    private static final Sam.Form POINT =
            new Sam.Form(1, 2, false, Sam.Ambiguity.SEVERAL, false); // a point and the padding point

    @Override
    public Map<String, Shape> parameterShapes() {
        return model.parameterShapes();
    }

    @Override
    public ModelDescription describe() {
        int side = model.encoder().imagePixels();
        ModelSummary summary = ModelSummary.empty()
                .row("encoder", model.encoder().describe())
                .row("decoder", model.decoder().describe())
                .image(model.encoder().channels(), side, side)
                .row("prompts", "points, boxes and masks of " + model.prompts().maskPixels() + " pixels");
        return new ModelDescription(
                summary,
                parameterShapes(),
                List.of(
                        ModelPass.of("encoder", "an image", model.embedding()),
                        ModelPass.of("decoder", "a point", model.masks(POINT))));
    }
}
