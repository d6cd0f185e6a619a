package org.fovea.cli.model;

import java.nio.file.Path;
import java.util.List;
import org.fovea.captioning.hub.CaptionerFamilies;
import org.fovea.core.config.Nearest;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.ModelCatalog;
import org.fovea.core.hub.ModelFamilies;
import org.fovea.core.hub.ModelFamily;
import org.fovea.segmentation.hub.PretrainedSam;
import org.fovea.segmentation.hub.SegmenterFamilies;
import org.fovea.vit.ClassifierCatalog;
import org.fovea.vqa.hub.AnswererFamilies;

/** The models of every task, by checkpoint folder or name. */
final class Catalogs {
    private static final List<Task> ALL = List.of(
            new Task("classify", new ClassifierCatalog()),
            new Task("caption", CaptionerFamilies.CATALOG),
            new Task("segment", SegmenterFamilies.CATALOG),
            new Task("segment --point", PretrainedSam.CATALOG),
            new Task("ask", AnswererFamilies.CATALOG));

    /**
     * Models of a task.
     *
     * @param command command that runs them
     */
    record Task(String command, ModelCatalog models) {}

    private Catalogs() {}

    /**
     * Task of a checkpoint folder.
     *
     * @throws org.fovea.core.ModelFormatException when no family reads its {@code config.json}
     */
    static Task of(Path folder) {
        List<ModelFamily<?>> families = ALL.stream()
                .<ModelFamily<?>>flatMap(task -> task.models().families().all().stream())
                .toList();
        ModelFamily<?> family = new ModelFamilies<>("models", families).of(CheckpointDirectory.config(folder));
        return ALL.stream()
                .filter(task -> task.models().families().all().contains(family))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Task of a published size.
     *
     * @throws IllegalArgumentException when there is none of that name; the message names the closest
     */
    static Task of(String preset) {
        return ALL.stream()
                .filter(task -> task.models().hasPreset(preset))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = ALL.stream()
                            .flatMap(task -> task.models().presets().stream())
                            .toList();
                    return new IllegalArgumentException("there is no folder " + preset + ", and no model of that name; "
                            + Nearest.of(preset, known) + " is the nearest");
                });
    }
}
