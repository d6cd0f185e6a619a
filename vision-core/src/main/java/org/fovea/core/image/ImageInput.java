package org.fovea.core.image;

import java.nio.file.Path;

/** An image that is still to be read, by the name that results and errors give it. */
public interface ImageInput {
    /** Name of the image, such as its path as given by the user. */
    String name();

    /**
     * Reads the image.
     *
     * @throws ImageException when that is not possible; the message says why
     */
    RgbImage read(ImageDecoder decoder);

    /** A file. */
    record File(Path path) implements ImageInput {
        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public RgbImage read(ImageDecoder decoder) {
            return decoder.decode(path);
        }
    }

    /** An input that is no image, such as a folder without images. */
    record Unusable(String name, String problem) implements ImageInput {
        @Override
        public RgbImage read(ImageDecoder decoder) {
            throw new ImageException(name, problem);
        }
    }
}
