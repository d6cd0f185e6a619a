package org.fovea.cli.segment;

import java.util.List;
import org.fovea.segmentation.SegmenterOptions;
import org.fovea.segmentation.model.Augmentation;
import org.fovea.segmentation.tile.TileOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options on the parts and versions of an image that a model sees. */
final class TilingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--tile",
            paramLabel = "N",
            description = "Sees the image in overlapping squares of N pixels at its own scale, instead of the whole"
                    + " image resized. TIFF files of any size are then read in parts, in the memory of a row of tiles.")
    private Integer tile;

    @Option(
            names = "--overlap",
            paramLabel = "X",
            description = "With --tile: the share of a tile that the next one sees too, from 0 up to 1 (0.5).")
    private Double overlap;

    @Option(names = "--flip", description = "Averages over the image and its mirror image.")
    private boolean flip;

    @Option(
            names = "--scales",
            split = ",",
            paramLabel = "X",
            description = "Averages over the image at these scales, such as 0.75,1,1.25.")
    private List<Double> scales;

    /**
     * Checks everything that can be checked before models load.
     *
     * @throws ParameterException for a value out of its range, or an overlap without tiles
     */
    void check() {
        if (overlap != null && tile == null) {
            throw usage("--overlap needs --tile N, the side of the tiles");
        }
        try {
            augmentation();
            if (tile != null) {
                tiles();
            }
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    /**
     * Checks that none of these is given.
     *
     * @param with option that excludes them
     * @throws ParameterException when one is
     */
    void checkNone(String with) {
        if (tile != null || flip || scales != null) {
            throw usage("--tile, --flip and --scales do not go with " + with);
        }
    }

    /** Copy of options with these settings. */
    SegmenterOptions over(SegmenterOptions options) {
        SegmenterOptions augmented = options.withAugmentation(augmentation());
        return tile == null ? augmented : augmented.withTiles(tiles());
    }

    private TileOptions tiles() {
        return overlap == null ? TileOptions.of(tile) : new TileOptions(tile, overlap);
    }

    private Augmentation augmentation() {
        return new Augmentation(flip, scales == null ? List.of(1.0) : scales);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
