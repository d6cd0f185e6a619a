package org.fovea.core.data;

import java.io.IOException;

/** The source of one image's file; thread-safe. */
@FunctionalInterface
public interface ImageSource {
    /** The bytes of the encoded image, a whole JPEG or PNG file say. */
    byte[] read() throws IOException;
}
