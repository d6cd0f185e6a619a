package org.fovea.vqa.train;

import org.fovea.core.tensor.Tensor;

/**
 * The places of images that the words of questions speak of.
 *
 * @param places mask {@code [rows, T, M]}, 1 for positions that show a part of what the word names, else 0
 * @param words mask {@code [rows, T]}, 1 for words that name something in the image, else 0
 */
public record NamedPlaces(Tensor places, Tensor words) {}
