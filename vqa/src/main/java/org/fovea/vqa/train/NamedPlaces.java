package org.fovea.vqa.train;

import org.fovea.core.tensor.Tensor;

/**
 * The places of images that the words of questions speak of.
 *
 * @param places {@code [rows, T, M]}, 1 where a place shows a part of what the word names, else 0
 * @param words {@code [rows, T]}, 1 for words that name something that is seen, else 0
 */
public record NamedPlaces(Tensor places, Tensor words) {}
