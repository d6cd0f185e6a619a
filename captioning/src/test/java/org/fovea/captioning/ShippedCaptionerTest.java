package org.fovea.captioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.data.scenes.CaptionTruth;
import org.fovea.core.data.scenes.Combinations;
import org.fovea.core.data.scenes.SceneDataset;
import org.fovea.core.data.scenes.SceneOptions;
import org.fovea.core.data.scenes.SceneSample;
import org.junit.jupiter.api.Test;

class ShippedCaptionerTest {
    private static final int SCENES = 40;

    @Test
    void captionsOfUnseenScenesAreTrue() {
        try (ImageCaptioner captioner = ImageCaptioner.shipped("scenes-captioner")) {
            List<String> seen = untrue(captioner, SceneOptions.defaults());
            assertTrue(seen.size() <= 3, seen.toString());
            List<String> heldOut = untrue(captioner, SceneOptions.defaults().with(Combinations.HELD_OUT));
            assertTrue(heldOut.size() <= 8, heldOut.toString());
        }
    }

    private static List<String> untrue(ImageCaptioner captioner, SceneOptions options) {
        SceneDataset scenes = new SceneDataset(options, 8000, SCENES, 128, 1);
        List<String> out = new ArrayList<>();
        for (int i = 0; i < SCENES; i++) {
            SceneSample sample = scenes.get(i);
            Caption caption =
                    captioner.caption(sample.picture(), captioner.request()).best();
            assertEquals(caption.text().split(" ").length, caption.words().size());
            if (!CaptionTruth.isTrue(sample.scene(), caption.text())) {
                out.add(i + ": " + caption.text());
            }
        }
        return out;
    }
}
