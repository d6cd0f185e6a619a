package org.fovea.captioning.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.fovea.captioning.metric.PtbTokenizer;
import org.fovea.core.data.DataFiles;
import org.fovea.core.data.DataLists;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.ImageNotes;
import org.fovea.core.data.JsonRows.Row;
import org.fovea.core.data.Splits;

/** Collects captioned images from the objects of lists. */
final class CaptionRows {
    private static final String CAPTIONS = "captions";
    private static final String FILE_NAME = "filename";

    private final DataFiles files;
    private final ImageNotes<String> notes;
    private final PtbTokenizer tokenizer = new PtbTokenizer();

    CaptionRows(DataFiles files) {
        this.files = files;
        this.notes = new ImageNotes<>(files);
    }

    /** Consumer of the objects of one list. */
    Place in(DataLists.Place list) {
        return new Place(list);
    }

    /** Objects of one list. */
    final class Place implements Consumer<Row> {
        private final DataLists.Place list;

        private Place(DataLists.Place list) {
            this.list = list;
        }

        @Override
        public void accept(Row row) {
            boolean karpathy = row.value().has(FILE_NAME);
            String part = row.optionalText("split").or(list::split).orElse(DataSplits.UNDIVIDED);
            notes.add(
                    row,
                    part.equals("restval") ? DataSplits.TRAIN : part,
                    row.text(karpathy ? FILE_NAME : "image"),
                    folders(row.optionalText("filepath")),
                    captions(row, karpathy));
        }

        private Stream<String> folders(Optional<String> place) {
            Stream<String> usual = Stream.of(list.folder(), list.folder() + "images/");
            return Stream.concat(
                    place.stream()
                            .flatMap(below ->
                                    Stream.of(list.folder() + below + "/", list.folder() + "images/" + below + "/")),
                    usual);
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
     * Splits of everything collected.
     *
     * @throws DataSetException when an image is missing, or there are no images
     */
    Splits<CaptionedImage> splits(String source) {
        return notes.splits(source, this::image);
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
