package org.fovea.vqa.hub;

import org.fovea.core.hub.PresetFamily;

/** A family of answerers. {@link AnswererFamilies} lists them; a new one is an implementation and a line there. */
public interface AnswererFamily extends PresetFamily<AnswererSpec> {}
