package org.fovea.segmentation.hub;

import java.util.List;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.SpecCatalog;

/** The families of segmenters. */
public final class SegmenterFamilies {
    /** All of them, a line each. */
    public static final ModelFamilies<SegmenterFamily> ALL =
            new ModelFamilies<>("segmenters", List.of(new HubSegFormer(), new FoveaSegmenter()));

    /** Their models, which describe themselves. */
    public static final ModelCatalog CATALOG = new SpecCatalog<>(ALL);

    private SegmenterFamilies() {}
}
