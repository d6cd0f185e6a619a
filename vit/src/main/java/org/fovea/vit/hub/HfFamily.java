package org.fovea.vit.hub;

import org.fovea.core.hub.Architectures;

/** A family of Hugging Face transformers: of its classes, those that classify. */
interface HfFamily extends ClassifierFamily {
    @Override
    default Architectures architectures() {
        return HfConfig.classifiers(HfConfig.CLASSIFIER);
    }
}
