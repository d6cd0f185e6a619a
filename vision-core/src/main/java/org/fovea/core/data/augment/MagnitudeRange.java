package org.fovea.core.data.augment;

/**
 * The meaning of the greatest magnitude for each change.
 *
 * @param degrees largest rotation in degrees, in either direction
 * @param shear largest shear in pixels per pixel, in either direction
 * @param translate largest shift as a fraction of the side, in either direction
 * @param enhance largest difference from 1 of a factor of brightness, contrast, color or sharpness, in either direction
 * @param bitsAtLeast number of bits that posterizing keeps at magnitude 0
 * @param bitsAtMost number of bits that posterizing keeps at the largest magnitude
 */
record MagnitudeRange(double degrees, double shear, double translate, double enhance, int bitsAtLeast, int bitsAtMost) {
    /** Ranges of Cubuk et al. 2020, as in torchvision. */
    static final MagnitudeRange PAPER = new MagnitudeRange(30, 0.3, 150.0 / 331, 0.9, 8, 4);
    /** Ranges of timm's "increasing" transformations. */
    static final MagnitudeRange INCREASING = new MagnitudeRange(30, 0.3, 0.45, 0.9, 4, 0);
    /** Wide space of Müller and Hutter 2021; 32 pixels of an image of 224. */
    static final MagnitudeRange WIDE = new MagnitudeRange(135, 0.99, 32.0 / 224, 0.99, 8, 2);
}
