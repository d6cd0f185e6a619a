package org.fovea.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fovea.core.image.ImageFormat;

/** Reads {@code split/class/*.jpg}, or {@code class/*.jpg} without splits, out of a tree's paths. */
final class FolderLayout {
    private static final Set<String> SPLIT_NAMES =
            Set.of("train", "training", "val", "valid", "validation", "dev", "test", "testing", "eval");

    private final String source;
    private final FileTree tree;
    /** Image paths by split and class; the split is {@link DataSplits#UNDIVIDED} without splits. */
    private final Map<String, Map<String, List<String>>> images = new TreeMap<>();

    private FolderLayout(String source, FileTree tree) {
        this.source = source;
        this.tree = tree;
    }

    /**
     * Reads the splits of a tree.
     *
     * @throws DataSetException when it has another layout, or a class folder without images
     */
    static Map<String, ImageDataset> read(String source, FileTree tree) {
        FolderLayout layout = new FolderLayout(source, tree);
        layout.collect();
        layout.checkNotEmpty();
        return layout.splits();
    }

    private void collect() {
        List<String[]> paths = new ArrayList<>();
        for (String path : tree.paths()) {
            String[] parts = path.split("/");
            boolean hidden = Arrays.stream(parts).anyMatch(p -> p.startsWith(".") || p.startsWith("__MACOSX"));
            if (!hidden && (path.endsWith("/") || ImageFormat.hasSuffix(path))) {
                paths.add(parts);
            }
        }
        int skip = wrapper(paths);
        boolean divided = paths.stream().anyMatch(p -> p.length == skip + 3 && ImageFormat.hasSuffix(p[p.length - 1]));
        int classAt = divided ? skip + 1 : skip;
        for (String[] parts : paths) {
            if (ImageFormat.hasSuffix(parts[parts.length - 1])) {
                addImage(parts, skip, classAt);
            } else if (parts.length == classAt + 1) {
                images(divided ? parts[skip] : DataSplits.UNDIVIDED, parts[classAt]);
            }
        }
    }

    /**
     * Number of leading directories to skip: 1 if everything lies in one top directory that is not a split, as is common in
     * archives, else 0.
     */
    private static int wrapper(List<String[]> paths) {
        Set<String> tops = new TreeSet<>();
        paths.forEach(p -> tops.add(p[0]));
        boolean deep = paths.stream().anyMatch(p -> p.length > 2);
        return deep
                        && tops.size() == 1
                        && !SPLIT_NAMES.contains(tops.iterator().next().toLowerCase(Locale.ROOT))
                ? 1
                : 0;
    }

    private void addImage(String[] parts, int skip, int classAt) {
        String path = String.join("/", parts);
        if (parts.length != classAt + 2) {
            throw new DataSetException(source + ": images must lie in split/class/ or all in class/, got " + path
                    + (classAt > skip ? " beside split/class/ folders" : "")
                    + "; move it into the folder of its class");
        }
        images(classAt > skip ? parts[skip] : DataSplits.UNDIVIDED, parts[classAt])
                .add(path);
    }

    private List<String> images(String split, String className) {
        return images.computeIfAbsent(split, s -> new TreeMap<>()).computeIfAbsent(className, c -> new ArrayList<>());
    }

    private void checkNotEmpty() {
        List<String> empty = new ArrayList<>();
        int found = 0;
        for (var split : images.entrySet()) {
            for (var entry : split.getValue().entrySet()) {
                found += entry.getValue().size();
                if (entry.getValue().isEmpty()) {
                    boolean divided = !split.getKey().equals(DataSplits.UNDIVIDED);
                    empty.add((divided ? split.getKey() + "/" : "") + entry.getKey());
                }
            }
        }
        if (found == 0) {
            throw new DataSetException(source + ": must hold images as train/<class>/*.jpg, got none; check the path");
        }
        if (!empty.isEmpty()) {
            throw new DataSetException(source + ": every class folder must hold at least one image, got none in "
                    + empty + "; add images or remove the folder");
        }
    }

    private Map<String, ImageDataset> splits() {
        TreeSet<String> classes = new TreeSet<>();
        images.values().forEach(split -> classes.addAll(split.keySet()));
        List<String> classNames = List.copyOf(classes);
        Map<String, Integer> labels = Manifest.indices(classNames);
        Map<String, ImageDataset> out = new TreeMap<>();
        images.forEach((split, byClass) -> {
            List<LabeledImage> samples = new ArrayList<>();
            byClass.forEach((name, paths) ->
                    paths.forEach(p -> samples.add(new LabeledImage(p, labels.get(name), () -> tree.read(p)))));
            out.put(split, new ImageDataset(source + ", " + split, classNames, samples));
        });
        return out;
    }
}
