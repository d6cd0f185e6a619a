package org.fovea.segmentation.hub;

import org.fovea.core.hub.PresetFamily;

/** A family of segmenters. {@link SegmenterFamilies} lists them; a new one is an implementation and a line there. */
public interface SegmenterFamily extends PresetFamily<SegmenterSpec> {}
