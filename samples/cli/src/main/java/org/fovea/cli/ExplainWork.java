package org.fovea.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.Classification;
import org.fovea.vit.Explanation;
import org.fovea.vit.ImageClassifier;
import org.fovea.vit.model.ClassifierConfig;

/**
 * Classifies images one by one and writes what the model saw on the way.
 *
 * @param heatMaps where heat maps go, if anywhere
 * @param dump the file for everything the model computes, if any
 */
record ExplainWork(ImageClassifier classifier, Optional<HeatMapFiles> heatMaps, Optional<Path> dump)
        implements Work<RgbImage> {
    @Override
    public RgbImage prepare(RgbImage image) {
        return image;
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public List<Outcome> finish(List<String> files, List<RgbImage> images) {
        String file = files.get(0);
        try {
            Classification result = null;
            if (heatMaps.isPresent()) {
                Explanation why = classifier.explain(images.get(0));
                heatMaps.get().write(file, why.draw(why.rollout()));
                result = why.classification();
            }
            if (dump.isPresent()) {
                result = dump(images.get(0), dump.get());
            }
            return List.of(new Outcome.Classified(file, result));
        } catch (IOException | OutOfMemoryError e) {
            return List.of(new Outcome.Failed(file, Failures.text(e)));
        }
    }

    private Classification dump(RgbImage image, Path target) throws IOException {
        Map<String, Tensor> all = classifier.dump(image);
        SafetensorsWriter writer = new SafetensorsWriter();
        all.forEach(writer::add);
        writer.write(target);
        return classifier.classifications(all.get(ClassifierConfig.LOGITS)).get(0);
    }
}
