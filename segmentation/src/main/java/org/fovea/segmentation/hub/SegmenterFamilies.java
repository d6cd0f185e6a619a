package org.fovea.segmentation.hub;

import java.util.List;
import org.fovea.core.hub.ModelFamilies;

/** The families of segmenters. */
public final class SegmenterFamilies {
    /** All of them, a line each. */
    public static final ModelFamilies<SegmenterFamily> ALL =
            new ModelFamilies<>("segmenters", List.of(new HubSegFormer(), new FoveaSegmenter()));

    private SegmenterFamilies() {}
}
