package org.fovea.captioning.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.core.data.DataFiles;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.JsonRows;
import org.fovea.core.data.Splits;

/**
 * Images with captions, open as long as images are read. The list of them is one of
 *
 * <ul>
 *   <li>JSON lines <code>{"image": path, "captions": ["…"]}</code>, perhaps with a {@code "split"}, or an array of such objects in
 *       a {@code .json} file;
 *   <li>the JSON of Karpathy's divisions of Flickr8k, Flickr30k and COCO: {@code images[].filename, filepath, split,
 *       sentences[].raw}, whose split {@code restval} is for training;
 *   <li>a folder or zip file that holds such a list as {@code captions.jsonl}, {@code captions.json} or {@code dataset.json}, or
 *       folders that do, each of which is a split.
 * </ul>
 *
 * <p>Paths of images are relative to the list's folder, or to {@code images/} in it.
 *
 * @param splits by name
 * @see <a href="https://cs.stanford.edu/people/karpathy/deepimagesent/">Karpathy and Fei-Fei 2015, data</a>
 */
public record CaptionData(DataFiles files, Splits<CaptionedImage> splits) implements AutoCloseable {
    private static final List<String> LISTS = List.of("captions.jsonl", "captions.json", "dataset.json");
    private static final String LINES = ".jsonl";
    private static final String FORM = "{\"image\": \"…\", \"captions\": [\"…\"]}";

    /**
     * Reads the list; images are found here and decoded later.
     *
     * @throws DataSetException when the list is wrong or an image is missing; the text names file, line, rule and actual value
     */
    public static CaptionData open(Path data) {
        boolean list = Files.isRegularFile(data) && isList(data.toString());
        Path root = list ? Optional.ofNullable(data.getParent()).orElse(Path.of("")) : data;
        DataFiles files = DataFiles.open(root.toString().isEmpty() ? Path.of(".") : root);
        try {
            CaptionRows rows = new CaptionRows(files);
            if (list) {
                read(files, data.getFileName().toString(), rows.in("", Optional.empty()));
            } else {
                readFolder(data, files, rows);
            }
            return new CaptionData(files, rows.splits(data.toString()));
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static boolean isList(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(LINES) || lower.endsWith(".json");
    }

    private static void readFolder(Path data, DataFiles files, CaptionRows rows) {
        Optional<String> top = files.first(LISTS.stream());
        if (top.isPresent()) {
            read(files, top.get(), rows.in("", Optional.empty()));
            return;
        }
        List<String> below = files.directories().stream()
                .filter(name -> files.first(lists(name)).isPresent())
                .toList();
        if (below.isEmpty()) {
            throw new DataSetException(data + ": must hold a list of images and captions, one of " + LISTS
                    + ", at the top or in a folder for each split, got none; make one of lines " + FORM);
        }
        for (String name : below) {
            read(files, files.first(lists(name)).orElseThrow(), rows.in(name + "/", Optional.of(name)));
        }
    }

    private static Stream<String> lists(String folder) {
        return LISTS.stream().map(list -> folder + "/" + list);
    }

    private static void read(DataFiles files, String list, CaptionRows.Place rows) {
        try (InputStream text = files.stream(list)) {
            if (list.toLowerCase(Locale.ROOT).endsWith(LINES)) {
                JsonRows.lines(files.name(list), text, FORM, rows);
            } else {
                JsonRows.array(files.name(list), text, "images", FORM, rows);
            }
        } catch (IOException e) {
            throw new DataSetException(files.name(list) + ": cannot be read: " + e + "; check its permissions", e);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
