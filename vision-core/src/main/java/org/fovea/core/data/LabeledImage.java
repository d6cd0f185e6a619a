package org.fovea.core.data;

/**
 * A labeled image that is not read yet.
 *
 * @param name name of the image in errors and reports, such as {@code train/cat/0001.jpg}; unique in its data set
 * @param label index of its class, from 0
 * @param source source of its bytes
 */
public record LabeledImage(String name, int label, ImageSource source) {}
