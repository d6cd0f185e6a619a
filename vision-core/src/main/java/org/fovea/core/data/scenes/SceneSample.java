package org.fovea.core.data.scenes;

import java.util.List;
import org.fovea.core.image.RgbImage;

/**
 * Scene with its picture and captions.
 *
 * @param captions captions, at least one, each of whose words has the objects that it describes
 */
public record SceneSample(Scene scene, RgbImage picture, List<SceneCaption> captions) {
    /** Copies the list. */
    public SceneSample {
        captions = List.copyOf(captions);
    }

    /** Captions as text. */
    public List<String> texts() {
        return captions.stream().map(SceneCaption::text).toList();
    }
}
