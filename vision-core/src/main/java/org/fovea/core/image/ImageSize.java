package org.fovea.core.image;

/** A size in pixels, rows first. */
record ImageSize(int height, int width) {
    @Override
    public String toString() {
        return height + " x " + width;
    }
}
