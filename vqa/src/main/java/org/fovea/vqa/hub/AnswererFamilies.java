package org.fovea.vqa.hub;

import java.util.List;
import org.fovea.core.hub.ModelFamilies;

/** The families of answerers. */
public final class AnswererFamilies {
    /** All of them, a line each. */
    public static final ModelFamilies<AnswererFamily> ALL =
            new ModelFamilies<>("answerers of questions", List.of(new HfVilt(), new BlipVqa(), new FoveaAnswerer()));

    private AnswererFamilies() {}
}
