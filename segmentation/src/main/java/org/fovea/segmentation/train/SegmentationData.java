package org.fovea.segmentation.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Images and what is known of their pixels, by split. */
public interface SegmentationData extends AutoCloseable {
    /** Name of the split of data without splits. */
    String UNDIVIDED = "all";

    /**
     * Opens data in the format that the file name indicates: a COCO {@code .json}, a manifest {@code .csv}, or a folder or zip
     * file.
     *
     * @throws org.fovea.core.data.DataSetException when it is none of these
     */
    static SegmentationData open(Path path) {
        String name =
                path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return CocoData.open(path);
        }
        return name.endsWith(".csv") ? SegmentationManifest.open(path) : SegmentationFolder.open(path);
    }

    /** The names of the splits. */
    Set<String> splits();

    /**
     * All images of a split, decoded.
     *
     * @throws org.fovea.core.data.DataSetException when there is no such split, a file cannot be read, or a mask and its image
     *     differ in size
     * @throws org.fovea.core.image.ImageException when an image or a mask cannot be decoded
     */
    List<SegmentationSample> samples(String split);

    /** Class names, the background first, if the data define them. */
    default Optional<List<String>> labels() {
        return Optional.empty();
    }

    @Override
    void close();
}
