package org.fovea.segmentation.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.core.data.DataSetException;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.LabelFiles;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;

/**
 * Images and masks listed in a CSV file whose first line names its columns: {@code image}, {@code mask} or {@code instances}, and
 * perhaps {@code split}; paths are relative to the file's folder.
 */
final class SegmentationManifest implements SegmentationData {
    private static final String COLUMNS = "image, mask or instances, and perhaps split";

    private final Path file;
    private final Map<String, List<Row>> splits;

    private record Row(Path image, Path mask, boolean hasObjects) {}

    private SegmentationManifest(Path file, Map<String, List<Row>> splits) {
        this.file = file;
        this.splits = splits;
    }

    static SegmentationManifest open(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DataSetException(file + ": cannot be read: " + e + "; check the path", e);
        }
        List<String> header = lines.isEmpty() ? List.of() : fields(lines.get(0));
        boolean objects = header.contains("instances");
        int image = header.indexOf("image");
        int mask = header.indexOf(objects ? "instances" : "mask");
        int split = header.indexOf("split");
        if (image < 0 || mask < 0) {
            throw new DataSetException(file + ": the first line must name the columns " + COLUMNS + ", got " + header);
        }
        Map<String, List<Row>> splits = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                List<String> fields = fields(lines.get(i));
                if (fields.size() != header.size()) {
                    throw new DataSetException(file + ", line " + (i + 1) + ": must have " + header.size()
                            + " fields as the first line has, got " + fields.size());
                }
                Path folder = file.toAbsolutePath().getParent();
                splits.computeIfAbsent(split < 0 ? UNDIVIDED : fields.get(split), key -> new ArrayList<>())
                        .add(new Row(folder.resolve(fields.get(image)), folder.resolve(fields.get(mask)), objects));
            }
        }
        if (splits.isEmpty()) {
            throw new DataSetException(file + ": must list images, a line each, got none");
        }
        return new SegmentationManifest(file, splits);
    }

    private static List<String> fields(String line) {
        List<String> out = new ArrayList<>();
        for (String field : line.replace("\uFEFF", "").split(",", -1)) {
            out.add(field.strip());
        }
        return out;
    }

    @Override
    public Set<String> splits() {
        return new TreeSet<>(splits.keySet());
    }

    @Override
    public List<SegmentationSample> samples(String split) {
        if (!splits.containsKey(split)) {
            throw new DataSetException(file + ": the split must be one of " + splits() + ", got " + split);
        }
        return splits.get(split).stream().map(SegmentationManifest::sample).toList();
    }

    private static SegmentationSample sample(Row row) {
        RgbImage image = ImageDecoder.create().decode(row.image);
        LabelMask mask = LabelFiles.read(row.mask);
        return row.hasObjects
                ? SegmentationSample.ofObjects(row.image.toString(), image, mask)
                : new SegmentationSample(row.image.toString(), image, mask, Optional.empty());
    }

    @Override
    public void close() {}
}
