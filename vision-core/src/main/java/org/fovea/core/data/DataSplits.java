package org.fovea.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A data set's parts by name, over one list of classes; immutable and thread-safe, and open as long as images are read.
 *
 * <p>Read from a directory or a zip file of {@code split/class/*.jpg}, whose classes are sorted by name, or from a
 * manifest: {@code .csv} with the columns path, label and perhaps split, or {@code .jsonl} with one object of these a line.
 * A manifest's paths are relative to its directory; its labels are class names, or indices into {@code classes.txt} beside
 * it, which names a class a line. Images are found here and decoded later.
 */
public final class DataSplits implements AutoCloseable {
    /** Name of the only split of a data set without splits. */
    public static final String UNDIVIDED = "all";

    /** Name of the training split. */
    public static final String TRAIN = "train";
    /** Name of the validation split. */
    public static final String VALIDATION = "val";

    private final String source;
    private final Map<String, ImageDataset> splits;
    private final AutoCloseable files;

    DataSplits(String source, Map<String, ImageDataset> splits, AutoCloseable files) {
        this.source = source;
        this.splits = new TreeMap<>(splits);
        this.files = files;
    }

    /**
     * Opens the splits of a directory, zip file or manifest.
     *
     * @throws DataSetException when it cannot be read, has another layout, a class folder is empty, a label is not a class, an
     *     image is listed twice, or an image is missing
     */
    public static DataSplits open(Path data) {
        if (!Files.exists(data)) {
            throw new DataSetException(data + ": there is no such file or directory; check the path");
        }
        if (Files.isRegularFile(data) && Manifest.isManifest(data)) {
            return new DataSplits(data.toString(), Manifest.read(data), () -> {});
        }
        FileTree tree = FileTree.open(data);
        try {
            return new DataSplits(data.toString(), FolderLayout.read(data.toString(), tree), tree);
        } catch (RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    /**
     * Copy in which a fraction of one part is set aside as {@link #VALIDATION}, in the same proportion for each class; the rest
     * is {@link #TRAIN}. Closing either closes both.
     *
     * @param from the part to divide, {@link #TRAIN} or {@link #UNDIVIDED}
     * @param share fraction of each class's images, between 0 and 1; at least one image goes to each side
     * @param seed seed of the random choice
     * @throws IllegalArgumentException when the fraction is out of range
     * @throws DataSetException when there is no such part, there is a validation part already, or a class has one image
     */
    public DataSplits withValidation(String from, double share, long seed) {
        ImageDataset data = get(from);
        if (splits.containsKey(VALIDATION)) {
            throw new DataSetException(source + ": a share for validation can be set aside where there is no split "
                    + VALIDATION + ", got " + names() + "; use that one");
        }
        List<ImageDataset> parts =
                Division.stratified(data, share, seed, source + ", " + TRAIN, source + ", " + VALIDATION);
        Map<String, ImageDataset> out = new TreeMap<>(splits);
        out.remove(from);
        out.put(TRAIN, parts.get(0));
        out.put(VALIDATION, parts.get(1));
        return new DataSplits(source, out, files);
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
     * Part with the given name.
     *
     * @throws DataSetException when there is no such part
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

    /** Closes the zip file, if it is one; images that have not been read before cannot be read any more. */
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

    /** Source and size of each part: {@code pets.zip: test 10, train 90 images of 2 classes}. */
    @Override
    public String toString() {
        String sizes = splits.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue().size())
                .collect(Collectors.joining(", "));
        return source + ": " + sizes + " images of " + classNames().size() + " classes";
    }
}
