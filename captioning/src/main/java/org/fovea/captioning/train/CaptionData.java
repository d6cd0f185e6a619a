package org.fovea.captioning.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.data.DataFiles;
import org.fovea.core.data.DataLists;
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
 * @param splits images with captions, by the name of the split
 * @see <a href="https://cs.stanford.edu/people/karpathy/deepimagesent/">Karpathy and Fei-Fei 2015, data</a>
 */
public record CaptionData(DataFiles files, Splits<CaptionedImage> splits) implements AutoCloseable {
    private static final List<String> LISTS = List.of("captions.jsonl", "captions.json", "dataset.json");
    private static final String FORM = "{\"image\": \"…\", \"captions\": [\"…\"]}";

    /**
     * Reads the list; images are located now and decoded later.
     *
     * @throws DataSetException when the list is wrong or an image is missing; the message names the file, line, rule and actual
     *     value
     */
    public static CaptionData open(Path data) {
        DataLists lists = DataLists.open(
                data,
                names -> LISTS.stream().filter(names::contains).limit(1).toList(),
                "must hold a list of images and captions, one of " + LISTS
                        + ", at the top or in a folder for each split, %s; make one of lines " + FORM);
        try {
            CaptionRows rows = new CaptionRows(lists.files());
            lists.places().forEach(place -> read(lists.files(), place, rows.in(place)));
            return new CaptionData(lists.files(), rows.splits(data.toString()));
        } catch (RuntimeException e) {
            lists.close();
            throw e;
        }
    }

    private static void read(DataFiles files, DataLists.Place list, CaptionRows.Place rows) {
        try (InputStream text = files.stream(list.path())) {
            if (list.isLines()) {
                JsonRows.lines(files.name(list.path()), text, FORM, rows);
            } else {
                JsonRows.array(files.name(list.path()), text, "images", FORM, rows);
            }
        } catch (IOException e) {
            throw new DataSetException(
                    files.name(list.path()) + ": cannot be read: " + e + "; check its permissions", e);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
