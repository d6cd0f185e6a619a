package org.fovea.vit.hub;

import java.util.List;
import org.fovea.core.hub.ModelFamilies;

/** The families of image classifiers. */
public final class ClassifierFamilies {
    /** All families of classifiers. */
    public static final ModelFamilies<ClassifierFamily> ALL = new ModelFamilies<>(
            "image classifiers",
            List.of(
                    new HfViT(),
                    new HfDeiT(),
                    new HfDinov2(),
                    new HfSwin(),
                    new HfSegformer(),
                    new HfBeit(),
                    new HfMobileNetV1(),
                    new Cct(),
                    new TimmViT(),
                    new TimmSwin(),
                    new TimmBeit()));

    private ClassifierFamilies() {}
}
