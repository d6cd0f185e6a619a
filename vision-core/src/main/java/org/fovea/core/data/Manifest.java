package org.fovea.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A list of images and labels in a {@code .csv} or {@code .jsonl} file; paths are relative to its directory.
 *
 * <p>Labels are class names, or indices where {@code classes.txt} beside the manifest names the classes, one a line.
 * Without that file the names, sorted, are the classes, and indices name themselves.
 */
final class Manifest {
    private static final int SHOWN = 5;

    private final Path file;
    private final List<ManifestRow> rows;

    private Manifest(Path file, List<ManifestRow> rows) {
        this.file = file;
        this.rows = rows;
    }

    static boolean isManifest(Path file) {
        String name =
                file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".jsonl");
    }

    static Map<String, ImageDataset> read(Path file) {
        List<String> lines = lines(file);
        boolean csv = file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
        List<ManifestRow> rows =
                csv ? ManifestRows.csv(file.toString(), lines) : ManifestRows.jsonLines(file.toString(), lines);
        if (rows.isEmpty()) {
            throw new DataSetException(file + ": must list at least one image, got none");
        }
        Manifest manifest = new Manifest(file, rows);
        manifest.checkFiles();
        return manifest.splits();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new DataSetException(file + ": cannot be read as UTF-8 text: " + e + "; save it as UTF-8", e);
        }
    }

    private Path image(String path) {
        return file.toAbsolutePath().resolveSibling(path);
    }

    /** Checks that every image exists and is listed only once, in all splits together. */
    private void checkFiles() {
        Map<Path, Integer> seen = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (ManifestRow row : rows) {
            Path image = image(row.path()).normalize();
            Integer before = seen.putIfAbsent(image, row.line());
            if (before != null) {
                throw new DataSetException(file + ", line " + row.line() + ": an image must be listed once, got "
                        + row.path() + " in line " + before + " too; remove one of the lines");
            }
            if (!Files.isRegularFile(image)) {
                missing.add(row.path());
            }
        }
        if (!missing.isEmpty()) {
            throw new DataSetException(file + ": every path must be a file, relative to the manifest, got "
                    + missing.size() + " missing, such as " + missing.subList(0, Math.min(SHOWN, missing.size()))
                    + "; correct the paths");
        }
    }

    private Map<String, ImageDataset> splits() {
        boolean numbers = rows.stream().allMatch(r -> r.label().matches("-?\\d{1,9}"));
        Path names = file.toAbsolutePath().resolveSibling("classes.txt");
        boolean named = Files.isRegularFile(names);
        List<String> classes = named
                ? lines(names).stream()
                        .map(String::trim)
                        .filter(l -> !l.isEmpty())
                        .toList()
                : numbers
                        ? counted()
                        : List.copyOf(new TreeSet<>(
                                rows.stream().map(ManifestRow::label).toList()));
        Map<String, Integer> labels = indices(classes);
        Map<String, List<LabeledImage>> samples = new TreeMap<>();
        for (ManifestRow row : rows) {
            Path image = image(row.path());
            LabeledImage sample =
                    new LabeledImage(row.path(), label(row, labels, numbers), () -> Files.readAllBytes(image));
            samples.computeIfAbsent(row.split(), s -> new ArrayList<>()).add(sample);
        }
        Map<String, ImageDataset> out = new TreeMap<>();
        samples.forEach((split, list) -> out.put(split, new ImageDataset(file + ", " + split, classes, list)));
        return out;
    }

    /** Class names for the indices 0 to the largest label. */
    private List<String> counted() {
        int most =
                rows.stream().mapToInt(r -> Integer.parseInt(r.label())).max().orElseThrow();
        if (most >= rows.size()) {
            throw new DataSetException(file + ": labels must count from 0, each with an image, got the label " + most
                    + " among " + rows.size() + " images; correct it, or name the classes in classes.txt");
        }
        List<String> out = new ArrayList<>();
        for (int k = 0; k <= most; k++) {
            out.add(Integer.toString(k));
        }
        return out;
    }

    /** Index of each name; that of the first occurrence for a repeated name. */
    static Map<String, Integer> indices(List<String> names) {
        Map<String, Integer> out = new HashMap<>();
        for (int k = 0; k < names.size(); k++) {
            out.putIfAbsent(names.get(k), k);
        }
        return out;
    }

    private int label(ManifestRow row, Map<String, Integer> labels, boolean numbers) {
        int label = labels.getOrDefault(row.label(), -1);
        if (label < 0 && numbers) {
            label = Integer.parseInt(row.label());
        }
        if (label < 0 || label >= labels.size()) {
            throw new DataSetException(file + ", line " + row.line() + ": label must be one of the " + labels.size()
                    + " classes or lie in [0, " + (labels.size() - 1) + "], got " + row.label()
                    + "; correct it or add its class to classes.txt");
        }
        return label;
    }
}
