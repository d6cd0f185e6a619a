package org.fovea.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A data set's parts by name, over one list of classes; immutable and thread-safe, and open as long as images are read.
 *
 * <p>Read from a directory or a zip file of {@code split/class/*.jpg}, whose classes are sorted by name. Images are found
 * here and decoded later.
 */
public final class DataSplits implements AutoCloseable {
    /** The name of the one part of a data set without splits. */
    public static final String UNDIVIDED = "all";

    private final String source;
    private final Map<String, ImageDataset> splits;
    private final AutoCloseable files;

    DataSplits(String source, Map<String, ImageDataset> splits, AutoCloseable files) {
        this.source = source;
        this.splits = new TreeMap<>(splits);
        this.files = files;
    }

    /**
     * The splits of a directory or zip file.
     *
     * @throws DataSetException when it cannot be read, has another layout, or a class folder is empty
     */
    public static DataSplits open(Path data) {
        if (!Files.exists(data)) {
            throw new DataSetException(data + ": there is no such file or directory; check the path");
        }
        FileTree tree = FileTree.open(data);
        try {
            return new DataSplits(data.toString(), FolderLayout.read(data.toString(), tree), tree);
        } catch (RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    /** The names of the parts, sorted. */
    public Set<String> names() {
        return splits.keySet();
    }

    /** The names of the classes in the order of their indices. */
    public List<String> classNames() {
        return splits.values().iterator().next().classNames();
    }

    /**
     * One part.
     *
     * @throws DataSetException when there is none of the name
     */
    public ImageDataset get(String split) {
        ImageDataset found = splits.get(split);
        if (found != null) {
            return found;
        }
        if (names().equals(Set.of(UNDIVIDED))) {
            throw new DataSetException(source + ": needs the split " + split + " as " + split
                    + "/<class>/*.jpg, got class folders without splits; move them, or set a share of each class aside"
                    + " for validation");
        }
        throw new DataSetException(
                source + ": needs the split " + split + ", got only " + names() + "; name one of these or add it");
    }

    /** Closes the zip file, if it is one; images that were not read before cannot be read any more. */
    @Override
    public void close() {
        try {
            files.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DataSetException(source + ": closing failed: " + e, e);
        }
    }

    /** The source and the size of each part. */
    @Override
    public String toString() {
        return source + ": " + splits.values();
    }
}
