package org.fovea.segmentation.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.FileTree;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;

/**
 * Images and masks in a folder or zip: {@code images/NAME.png} beside {@code instances/NAME.png} (0 for the background, a label
 * for each object) or {@code masks/NAME.png} (the class of each pixel), or such folders in one folder for each split.
 */
public final class SegmentationFolder implements SegmentationData {
    private static final Pattern PLACE =
            Pattern.compile("(?:([^/]+)/)?(images|instances|masks)/([^/]+)\\.(?i:png|jpe?g|tiff?|bmp|webp)");

    private final Path path;
    private final FileTree files;
    private final Map<String, Map<String, Entry>> splits;

    /** Paths of an image and of its mask, null for none. */
    private record Entry(String image, String mask, boolean hasObjects) {}

    private SegmentationFolder(Path path, FileTree files, Map<String, Map<String, Entry>> splits) {
        this.path = path;
        this.files = files;
        this.splits = splits;
    }

    /**
     * Lists the images.
     *
     * @throws DataSetException when there are no images, or one has no mask
     */
    public static SegmentationFolder open(Path path) {
        FileTree files = FileTree.open(path);
        Map<String, Map<String, Entry>> splits = new LinkedHashMap<>();
        for (String file : files.paths()) {
            Matcher place = PLACE.matcher(file);
            if (place.matches()) {
                String split = place.group(1) == null ? UNDIVIDED : place.group(1);
                splits.computeIfAbsent(split, key -> new LinkedHashMap<>())
                        .merge(place.group(3), entry(place.group(2), file), SegmentationFolder::merged);
            }
        }
        SegmentationFolder out = new SegmentationFolder(path, files, splits);
        out.check();
        return out;
    }

    private static Entry entry(String kind, String file) {
        return kind.equals("images") ? new Entry(file, null, false) : new Entry(null, file, kind.equals("instances"));
    }

    private static Entry merged(Entry a, Entry b) {
        Entry mask = a.mask == null ? b : a;
        return new Entry(a.image == null ? b.image : a.image, mask.mask, mask.hasObjects);
    }

    private void check() {
        List<String> lonely = new ArrayList<>();
        int count = 0;
        for (Map<String, Entry> split : splits.values()) {
            for (Entry entry : split.values()) {
                count++;
                if (entry.image == null || entry.mask == null) {
                    lonely.add(entry.image == null ? entry.mask : entry.image);
                }
            }
        }
        if (count == 0 || !lonely.isEmpty()) {
            files.close();
            throw new DataSetException(path + ": must hold images/NAME.png and, for each, instances/NAME.png or"
                    + " masks/NAME.png, at its top or in a folder for each split, got "
                    + (count == 0 ? "none" : lonely.size() + " without the other, such as " + lonely.get(0)));
        }
    }

    @Override
    public Set<String> splits() {
        return new TreeSet<>(splits.keySet());
    }

    @Override
    public List<SegmentationSample> samples(String split) {
        if (!splits.containsKey(split)) {
            throw new DataSetException(path + ": the split must be one of " + splits() + ", got " + split);
        }
        return splits.get(split).values().stream().map(this::sample).toList();
    }

    private SegmentationSample sample(Entry entry) {
        RgbImage image = ImageDecoder.create().decode(read(entry.image), name(entry.image));
        LabelMask mask = LabelFiles.decode(read(entry.mask), name(entry.mask));
        return entry.hasObjects
                ? SegmentationSample.ofObjects(entry.image, image, mask)
                : new SegmentationSample(entry.image, image, mask, Optional.empty());
    }

    private String name(String file) {
        return path + "/" + file;
    }

    private byte[] read(String file) {
        try {
            return files.read(file);
        } catch (IOException e) {
            throw new DataSetException(name(file) + ": cannot be read: " + e, e);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
