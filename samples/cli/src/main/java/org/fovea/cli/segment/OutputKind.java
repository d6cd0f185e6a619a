package org.fovea.cli.segment;

/** Kind of file that {@code fovea segment} writes for an image. */
enum OutputKind {
    /** Labels as a gray PNG. */
    MASK("-mask.png"),
    /** Labels as a PNG with a palette. */
    PALETTE("-palette.png"),
    /** Image overlaid with the colors of its regions, with a legend. */
    OVERLAY("-overlay.png"),
    /** Object numbers as a gray PNG. */
    INSTANCES("-instances.png"),
    /** Table of the regions. */
    CSV("-segments.csv"),
    /** Annotations in COCO's format. */
    COCO("-coco.json"),
    /** Labels as a GeoTIFF. */
    GEOTIFF("-mask.tif");

    final String ending;

    OutputKind(String ending) {
        this.ending = ending;
    }

    /** Returns whether the file can be written while the image is read in parts. */
    boolean isByRows() {
        return this == MASK || this == PALETTE || this == GEOTIFF || this == CSV;
    }
}
