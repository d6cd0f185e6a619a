package org.fovea.vit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelDescription;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.ModelPass;
import org.fovea.core.hub.ModelSummary;
import org.fovea.core.image.ImageProcessor;
import org.fovea.vit.hub.ClassifierFamilies;
import org.fovea.vit.hub.PretrainedModel;
import org.fovea.vit.model.ClassifierConfig;

/** Image classifiers, which describe themselves. */
public final class ClassifierCatalog implements ModelCatalog {
    @Override
    public ModelFamilies<?> families() {
        return ClassifierFamilies.ALL;
    }

    @Override
    public List<String> presets() {
        return Presets.names();
    }

    @Override
    public boolean hasPreset(String name) {
        return Presets.has(name);
    }

    @Override
    public ModelDescription preset(String name, Optional<Integer> imagePixels) {
        ClassifierConfig config = Presets.named(name);
        return describe(
                imagePixels.map(pixels -> config.withImage(pixels, pixels)).orElse(config), List.of());
    }

    @Override
    public ModelDescription checkpoint(Path directory, Optional<Integer> imagePixels) {
        try (PretrainedModel model = PretrainedModel.open(directory)) {
            ImageProcessor own = ImageProcessor.load(directory);
            ImageProcessor processor = imagePixels.map(own::withImageSize).orElse(own);
            return describe(model.config().withImage(processor.height(), processor.width()), model.labels());
        }
    }

    private static ModelDescription describe(ClassifierConfig c, List<String> labels) {
        ModelSummary own = c.describe();
        ModelSummary summary = own.row(
                        "tokens", c.tokenCount() + ": " + own.rows().get("tokens"))
                .image(c.channels(), c.imageHeight(), c.imageWidth())
                .fact("width", c.width())
                .fact("depth", c.depth())
                .fact("heads", c.heads())
                .fact("tokens", c.tokenCount())
                .list("classes", c.classes(), labels)
                .fact("labels", labels.size());
        ModelPass pass = new ModelPass("classifier", "an image", c.inferenceGraph(1, Set.of()), c.flops());
        return new ModelDescription(summary, c.parameterShapes(), List.of(pass));
    }
}
