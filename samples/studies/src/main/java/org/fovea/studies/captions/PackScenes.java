package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Path;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;

/** Writes a captioner of drawn scenes with weights of half the size, as it is shipped. */
public final class PackScenes {
    private PackScenes() {}

    /**
     * Packs a captioner.
     *
     * @param args the folder of the model, and the folder for the small one
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path to = Path.of(args[1]);
        try (PretrainedCaptioner model = PretrainedCaptioner.open(Path.of(args[0]))) {
            CaptionerWriter.saveDescription(to, model.model(), SceneStudy.vocabulary());
            CaptionerWriter.saveHalfWeights(to, model.model(), model.parameters());
        }
    }
}
