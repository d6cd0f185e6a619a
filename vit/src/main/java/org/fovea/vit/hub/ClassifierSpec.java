package org.fovea.vit.hub;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.fovea.core.hub.NameTable;
import org.fovea.vit.model.ClassifierConfig;

/**
 * A classifier as its {@code config.json} tells it.
 *
 * @param config the configuration for a number of classes
 * @param labels one per class, where the file names them
 * @param classes the number of classes, where the file says it
 * @param names of the weights
 */
public record ClassifierSpec(
        IntFunction<ClassifierConfig> config,
        Optional<List<String>> labels,
        Optional<Integer> classes,
        NameTable names) {}
