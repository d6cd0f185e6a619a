package org.fovea.core.image;

/** The place of a resized image in the model's input. */
sealed interface Framing permits CenterCrop, CornerPad {
    /** Height of the input in pixels. */
    int height();

    /** Width of the input in pixels. */
    int width();

    /** Row of the image that becomes row 0 of the input; negative if there is padding. */
    int top(int imageHeight);

    /** Column of the image that becomes column 0 of the input; negative if there is padding. */
    int left(int imageWidth);

    /**
     * Value of padding in the input.
     *
     * @param table values of the samples 0 to 255 in this channel
     */
    float padding(int channel, float[] table);

    /** Copy for another size. */
    Framing withSize(int height, int width);
}
