package org.fovea.segmentation.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fovea.core.data.DataSetException;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.LabelMask;
import org.fovea.core.image.RgbImage;

/**
 * Objects of a COCO file: {@code images}, {@code annotations} with polygons or run lengths, and {@code categories}, which become
 * the classes 1, 2, … in the order of their ids. Images lie beside the file, or in {@code images/} there. Pixels of crowds do not
 * count.
 */
final class CocoData implements SegmentationData {
    private static final int MOST_CLASSES = 254;

    private final Path file;
    private final List<JsonNode> images = new ArrayList<>();
    private final Map<Long, List<JsonNode>> annotations = new HashMap<>();
    private final Map<Long, Integer> classes = new HashMap<>();
    private final List<String> labels = new ArrayList<>(List.of("background"));

    private CocoData(Path file) {
        this.file = file;
    }

    static CocoData open(Path file) {
        CocoData out = new CocoData(file);
        try {
            out.read(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new DataSetException(file + ": must be JSON in COCO's form, got " + e.getMessage(), e);
        }
        return out;
    }

    private void read(JsonNode root) {
        List<JsonNode> categories = new ArrayList<>();
        root.path("categories").forEach(categories::add);
        root.path("images").forEach(images::add);
        root.path("annotations").forEach(each -> annotations
                .computeIfAbsent(each.path("image_id").asLong(), key -> new ArrayList<>())
                .add(each));
        if (images.isEmpty() || categories.isEmpty() || categories.size() > MOST_CLASSES) {
            throw new DataSetException(file + ": must hold images and 1 to " + MOST_CLASSES + " categories, got "
                    + images.size() + " and " + categories.size());
        }
        categories.sort(
                (a, b) -> Long.compare(a.path("id").asLong(), b.path("id").asLong()));
        for (JsonNode category : categories) {
            classes.put(category.path("id").asLong(), labels.size());
            labels.add(category.path("name").asText("class " + labels.size()));
        }
    }

    @Override
    public Set<String> splits() {
        return Set.of(UNDIVIDED);
    }

    @Override
    public Optional<List<String>> labels() {
        return Optional.of(List.copyOf(labels));
    }

    @Override
    public List<SegmentationSample> samples(String split) {
        if (!split.equals(UNDIVIDED)) {
            throw new DataSetException(file + ": the split must be " + UNDIVIDED + ", got " + split);
        }
        return images.stream().map(this::sample).toList();
    }

    private SegmentationSample sample(JsonNode entry) {
        String name = entry.path("file_name").asText();
        Path folder = file.toAbsolutePath().getParent();
        Path beside = folder.resolve(name);
        RgbImage image = ImageDecoder.create()
                .decode(Files.exists(beside) ? beside : folder.resolve("images").resolve(name));
        int height = image.height();
        int width = image.width();
        int[] classMask = new int[height * width];
        int[] ids = new int[classMask.length];
        int count = 0;
        for (JsonNode annotation : annotations.getOrDefault(entry.path("id").asLong(), List.of())) {
            Integer label = classes.get(annotation.path("category_id").asLong());
            if (label == null) {
                throw new DataSetException(
                        file + ": the category_id of each annotation must be that of a category, got "
                                + annotation.path("category_id"));
            }
            boolean crowd = annotation.path("iscrowd").asInt() == 1;
            boolean[] inside = CocoMask.of(
                    file + ", annotation " + annotation.path("id"), annotation.path("segmentation"), height, width);
            int id = crowd ? 0 : ++count;
            for (int i = 0; i < inside.length; i++) {
                if (inside[i]) {
                    classMask[i] = crowd ? SegmentationSample.IGNORED : label;
                    ids[i] = id;
                }
            }
        }
        return new SegmentationSample(
                name, image, LabelMask.of(height, width, classMask), Optional.of(LabelMask.of(height, width, ids)));
    }

    @Override
    public void close() {}
}
