package org.fovea.captioning.hub;

import org.fovea.core.hub.PresetFamily;

/** A published family of captioners. {@link CaptionerFamilies} lists them; a new one is an implementation and a line there. */
public interface CaptionerFamily extends PresetFamily<CaptionerSpec> {}
