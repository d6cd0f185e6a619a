package org.fovea.vit;

import java.util.List;
import java.util.Optional;

/**
 * What a checkpoint's {@code config.json} says.
 *
 * @param config all but the number of classes where {@code labels} is empty
 * @param labels one per class, where the file names them
 * @param classes the number of classes, where the file says it
 */
record ModelSpec(ViTConfigBuilder config, Optional<List<String>> labels, Optional<Integer> classes, NameTable names) {}
