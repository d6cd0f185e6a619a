package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fovea.captioning.metric.PtbTokenizer;
import org.fovea.core.data.DataFiles;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.JsonRows.Row;
import org.fovea.core.data.Splits;

/** Collects captioned images from the objects of lists. */
final class CaptionRows {
    private static final String CAPTIONS = "captions";
    private static final String FILE_NAME = "filename";

    private final DataFiles files;
    private final PtbTokenizer tokenizer = new PtbTokenizer();
    private final Map<String, Map<String, List<String>>> splits = new LinkedHashMap<>(); // captions by image
    private final List<String> missing = new ArrayList<>();

    CaptionRows(DataFiles files) {
        this.files = files;
    }

    /**
     * Takes the objects of a list.
     *
     * @param folder of the list, with a slash at its end
     * @param split of objects that name none
     */
    Place in(String folder, Optional<String> split) {
        return new Place(folder, split);
    }

    /** Objects of one list. */
    final class Place implements Consumer<Row> {
        private final String folder;
        private final Optional<String> split;

        private Place(String folder, Optional<String> split) {
            this.folder = folder;
            this.split = split;
        }

        @Override
        public void accept(Row row) {
            boolean karpathy = row.value().has(FILE_NAME);
            String image = row.text(karpathy ? FILE_NAME : "image");
            List<String> captions = captions(row, karpathy);
            String part = row.optionalText("split").or(() -> split).orElse(DataSplits.UNDIVIDED);
            String named = part.equals("restval") ? DataSplits.TRAIN : part;
            Optional<String> path = files.first(paths(row.optionalText("filepath"), image));
            if (path.isEmpty()) {
                missing.add(row.place() + ": " + image);
                return;
            }
            splits.computeIfAbsent(named, name -> new LinkedHashMap<>())
                    .computeIfAbsent(path.get(), name -> new ArrayList<>())
                    .addAll(captions);
        }

        private Stream<String> paths(Optional<String> place, String image) {
            Stream<String> below = Stream.of(folder + image, folder + "images/" + image);
            return place.isEmpty()
                    ? below
                    : Stream.concat(
                            Stream.of(
                                    folder + place.get() + "/" + image, folder + "images/" + place.get() + "/" + image),
                            below);
        }
    }

    private List<String> captions(Row row, boolean karpathy) {
        List<String> out = karpathy
                ? row.rows("sentences").stream()
                        .map(each -> each.optionalText("raw").orElseGet(() -> String.join(" ", each.texts("tokens"))))
                        .toList()
                : row.texts(CAPTIONS);
        if (out.isEmpty()) {
            throw row.error("must have at least 1 caption, got none; add one, or remove the image");
        }
        for (String caption : out) {
            if (tokenizer.words(caption).isEmpty()) {
                throw row.error("a caption must have words, got '" + caption + "'; complete or remove it");
            }
        }
        return out;
    }

    /**
     * All that was collected.
     *
     * @throws DataSetException when an image is missing, or there is none
     */
    Splits<CaptionedImage> splits(String source) {
        if (!missing.isEmpty()) {
            int more = missing.size() - 1;
            throw new DataSetException(missing.get(0) + " must be an image below " + files + ", got no such file"
                    + (more == 0 ? "" : ", nor of " + more + " others")
                    + "; correct the path, which is relative to the list or to images/ beside it, or remove the line");
        }
        Map<String, List<CaptionedImage>> out = new LinkedHashMap<>();
        splits.forEach((name, images) -> out.put(
                name,
                images.entrySet().stream()
                        .map(image -> image(image.getKey(), image.getValue()))
                        .toList()));
        return Splits.of(source, out);
    }

    private CaptionedImage image(String path, List<String> captions) {
        return new CaptionedImage(
                path,
                files.source(path),
                captions,
                captions.stream()
                        .map(caption -> String.join(" ", tokenizer.words(caption)))
                        .toList());
    }
}
