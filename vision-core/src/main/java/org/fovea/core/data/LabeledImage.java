package org.fovea.core.data;

/**
 * A labeled image that is not read yet.
 *
 * @param name what errors and reports call it, such as {@code train/cat/0001.jpg}; unique in its data set
 * @param label the index of its class, from 0
 * @param source where its bytes are
 */
public record LabeledImage(String name, int label, ImageSource source) {}
