package org.fovea.core.data.augment;

/**
 * The meaning of the greatest magnitude for each change.
 *
 * @param degrees of a turn, either way
 * @param shear pixels aside for each pixel, either way
 * @param translate the share of the side that the image moves, either way
 * @param enhance distance of a factor of brightness, contrast, colour or sharpness from 1, either way
 * @param bitsAtLeast bits that posterising keeps at magnitude 0
 * @param bitsAtMost the same at the greatest magnitude
 */
record MagnitudeRange(double degrees, double shear, double translate, double enhance, int bitsAtLeast, int bitsAtMost) {
    /** Cubuk et al. 2020, as torchvision has it. */
    static final MagnitudeRange PAPER = new MagnitudeRange(30, 0.3, 150.0 / 331, 0.9, 8, 4);
    /** timm's "increasing" changes. */
    static final MagnitudeRange INCREASING = new MagnitudeRange(30, 0.3, 0.45, 0.9, 4, 0);
    /** Müller and Hutter 2021, the wide space; 32 pixels of an image of 224. */
    static final MagnitudeRange WIDE = new MagnitudeRange(135, 0.99, 32.0 / 224, 0.99, 8, 2);
}
