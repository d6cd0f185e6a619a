package org.fovea.vit.hub;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.fovea.core.hub.NameTable;
import org.fovea.vit.model.ClassifierConfig;

/**
 * A classifier as its {@code config.json} tells it.
 *
 * @param config makes the configuration for a number of classes
 * @param labels class names, where the file has them
 * @param classes number of classes, where the file has it
 * @param names of the weights
 */
public record ClassifierSpec(
        IntFunction<ClassifierConfig> config,
        Optional<List<String>> labels,
        Optional<Integer> classes,
        NameTable names) {}
