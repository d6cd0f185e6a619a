package org.fovea.captioning.hub;

import java.util.List;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.SpecCatalog;

/** The families of captioners. */
public final class CaptionerFamilies {
    /** All of them, a line each. */
    public static final ModelFamilies<CaptionerFamily> ALL = new ModelFamilies<>(
            "captioners", List.of(new Blip(), new VisionEncoderDecoder(), new Git(), new FoveaCaptioner()));

    /** Their models, which describe themselves. */
    public static final ModelCatalog CATALOG = new SpecCatalog<>(ALL);

    private CaptionerFamilies() {}
}
