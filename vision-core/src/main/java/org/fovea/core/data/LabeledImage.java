package org.fovea.core.data;

/**
 * A labeled image that is not read yet.
 *
 * @param name of it in errors and reports, such as {@code train/cat/0001.jpg}; unique in its data set
 * @param label the index of its class, from 0
 * @param source of its bytes
 */
public record LabeledImage(String name, int label, ImageSource source) {}
