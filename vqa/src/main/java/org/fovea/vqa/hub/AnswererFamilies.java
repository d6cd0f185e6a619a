package org.fovea.vqa.hub;

import java.util.List;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.SpecCatalog;

/** The families of answerers. */
public final class AnswererFamilies {
    /** All families of answerers. */
    public static final ModelFamilies<AnswererFamily> ALL =
            new ModelFamilies<>("answerers of questions", List.of(new HfVilt(), new BlipVqa(), new FoveaAnswerer()));

    /** Catalog of all families, each described by its specification. */
    public static final ModelCatalog CATALOG = new SpecCatalog<>(ALL);

    private AnswererFamilies() {}
}
