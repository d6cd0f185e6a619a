package org.fovea.segmentation.hub;

import java.util.List;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.SpecCatalog;

/** The families of segmenters. */
public final class SegmenterFamilies {
    /** All families of segmenters. */
    public static final ModelFamilies<SegmenterFamily> ALL =
            new ModelFamilies<>("segmenters", List.of(new HubSegFormer(), new FoveaSegmenter()));

    /** Catalog of all families, each described by its specification. */
    public static final ModelCatalog CATALOG = new SpecCatalog<>(ALL);

    private SegmenterFamilies() {}
}
