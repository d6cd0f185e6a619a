package org.fovea.captioning.hub;

import java.util.List;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.SpecCatalog;

/** The families of captioners. */
public final class CaptionerFamilies {
    /** All families of captioners. */
    public static final ModelFamilies<CaptionerFamily> ALL = new ModelFamilies<>(
            "captioners", List.of(new Blip(), new VisionEncoderDecoder(), new Git(), new FoveaCaptioner()));

    /** Catalog of all families, each described by its specification. */
    public static final ModelCatalog CATALOG = new SpecCatalog<>(ALL);

    private CaptionerFamilies() {}
}
