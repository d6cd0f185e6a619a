package org.fovea.core.nn;

/** An encoder over another that takes the same images. */
interface WrappedEncoder extends VisionEncoder {
    /** Wrapped encoder. */
    VisionEncoder encoder();

    @Override
    default int imageHeight() {
        return encoder().imageHeight();
    }

    @Override
    default int imageWidth() {
        return encoder().imageWidth();
    }

    @Override
    default String describe() {
        return encoder().describe();
    }

    @Override
    default int channels() {
        return encoder().channels();
    }

    @Override
    default int width() {
        return encoder().width();
    }
}
