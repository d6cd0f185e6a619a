package org.fovea.core.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.image.ImageProcessor;

/**
 * The models of a task whose families read a {@link ModelSpec}.
 *
 * @param <S> type of a model's specification
 */
public record SpecCatalog<S extends ModelSpec>(ModelFamilies<? extends PresetFamily<S>> families)
        implements ModelCatalog {
    private PublishedSizes<S> sizes() {
        return new PublishedSizes<>(families.all());
    }

    @Override
    public List<String> presets() {
        return sizes().names();
    }

    @Override
    public boolean hasPreset(String name) {
        return sizes().has(name);
    }

    @Override
    public ModelDescription preset(String name, Optional<Integer> imagePixels) {
        S spec = sizes().named(name);
        return imagePixels
                .<ModelSpec>map(pixels -> spec.withImage(pixels, pixels))
                .orElse(spec)
                .describe();
    }

    @Override
    public ModelDescription checkpoint(Path directory, Optional<Integer> imagePixels) {
        S spec = CheckpointDirectory.open(directory, families, (file, read, weights) -> {
            weights.close();
            return read;
        });
        return sized(directory, spec, imagePixels).describe();
    }

    private ModelSpec sized(Path directory, S spec, Optional<Integer> imagePixels) {
        if (imagePixels.isPresent()) {
            return spec.withImage(imagePixels.get(), imagePixels.get());
        }
        if (!spec.followsPreprocessing()) {
            return spec;
        }
        ImageProcessor processor = ImageProcessor.load(directory);
        return spec.withImage(processor.height(), processor.width());
    }
}
