package org.fovea.core.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.fovea.core.data.JsonRows.Row;

/**
 * Collects what lists say about images, such as captions or questions, by split and image.
 *
 * @param <T> type of a note
 */
public final class ImageNotes<T> {
    private final DataFiles files;
    private final Map<String, Map<String, List<T>>> splits = new LinkedHashMap<>(); // notes by image
    private final Map<String, Optional<String>> found = new HashMap<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * Creates an empty collection.
     *
     * @param files files, which include the images
     */
    public ImageNotes(DataFiles files) {
        this.files = files;
    }

    /**
     * Adds notes of one image; notes of the same image are collected together.
     *
     * @param row row that contains the notes, for errors
     * @param image name of the image in the list
     * @param folders folders to search in order, each empty or ending in a slash
     */
    public void add(Row row, String split, String image, Stream<String> folders, Collection<? extends T> notes) {
        List<String> paths = folders.map(folder -> folder + image).toList();
        Optional<String> path = found.computeIfAbsent(paths.get(0), first -> files.first(paths.stream()));
        if (path.isEmpty()) {
            missing.add(row.place() + ": " + image);
            return;
        }
        splits.computeIfAbsent(split, name -> new LinkedHashMap<>())
                .computeIfAbsent(path.get(), name -> new ArrayList<>())
                .addAll(notes);
    }

    /**
     * Splits of everything collected.
     *
     * @param source name of the data set in errors
     * @param sample makes a sample from the path of an image and its notes
     * @throws DataSetException when an image is missing, or there are no images
     */
    public <S> Splits<S> splits(String source, BiFunction<String, List<T>, S> sample) {
        if (!missing.isEmpty()) {
            int more = missing.size() - 1;
            throw new DataSetException(missing.get(0) + " must be an image below " + files + ", got no such file"
                    + (more == 0 ? "" : ", nor of " + more + " others")
                    + "; correct the path, which is relative to the list or to images/ beside it, or remove the line");
        }
        Map<String, List<S>> out = new LinkedHashMap<>();
        splits.forEach((name, images) -> out.put(
                name,
                images.entrySet().stream()
                        .map(image -> sample.apply(image.getKey(), image.getValue()))
                        .toList()));
        return Splits.of(source, out);
    }
}
