package org.fovea.core.image;

/** The place of a resized image in the model's input. */
sealed interface Framing permits CenterCrop, CornerPad {
    /** Rows of the input. */
    int height();

    /** Columns of the input. */
    int width();

    /** The image's row that becomes the input's first; negative in padding. */
    int top(int imageHeight);

    /** The image's column that becomes the input's first; negative in padding. */
    int left(int imageWidth);

    /**
     * The number that padding has in the input.
     *
     * @param table the numbers of samples from 0 to 255 in this channel
     */
    float padding(int channel, float[] table);

    /** This framing into another size. */
    Framing withSize(int height, int width);
}
