package org.fovea.cli.segment;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.OutputNames;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.LabelMask;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.view.MaskOverlay;
import org.fovea.segmentation.SegmentedImage;
import org.fovea.segmentation.mask.Instances;
import org.fovea.segmentation.mask.Segment;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.mask.SegmentedRows;
import org.fovea.segmentation.output.CocoAnnotations;
import org.fovea.segmentation.output.LabelPng;
import org.fovea.segmentation.output.LabelRows;
import org.fovea.segmentation.output.LabelTiff;
import org.fovea.segmentation.output.Palette;
import org.fovea.segmentation.output.SegmentTable;
import org.fovea.segmentation.tile.TiffDirectory;

/** The files of images: each is written under a temporary name, forced to disk and renamed. */
final class SegmentFiles implements ImageOutput {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final Set<OutputKind> kinds;
    private final OutputNames names = new OutputNames("");

    private SegmentFiles(Path directory, Set<OutputKind> kinds) {
        this.directory = directory;
        this.kinds = kinds;
    }

    /** Creates files of some kinds in a directory, which is created if it is missing. */
    static SegmentFiles in(Path directory, Set<OutputKind> kinds) throws IOException {
        Files.createDirectories(directory);
        AtomicFile.deleteAbandoned(directory);
        return new SegmentFiles(directory, kinds);
    }

    Set<OutputKind> kinds() {
        return kinds;
    }

    @Override
    public void announce(ImageInput input, boolean done) {
        names.announce(input);
    }

    @Override
    public boolean isThere(ImageInput input) {
        return kinds.stream().allMatch(kind -> Files.isRegularFile(path(input, kind)));
    }

    private Path path(ImageInput input, OutputKind kind) {
        return directory.resolve(names.of(input) + kind.ending);
    }

    /** Writes all files of an image that is in memory. */
    void write(ImageInput input, SegmentedImage one, WantedClasses wanted, Palette palette) {
        for (OutputKind kind : kinds) {
            ImageOutput.write(input, () -> named(path(input, kind), () -> write(input, kind, one, wanted, palette)));
        }
    }

    /** Names the file in an error that does not mention it, such as that of a full disk. */
    private static void named(Path file, ImageOutput.Writing writing) throws IOException {
        try {
            writing.write();
        } catch (FileSystemException e) {
            throw e; // already names the file
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private void write(ImageInput input, OutputKind kind, SegmentedImage one, WantedClasses wanted, Palette palette)
            throws IOException {
        Segmentation result = one.segmentation();
        Path file = path(input, kind);
        switch (kind) {
            case MASK, PALETTE, GEOTIFF ->
                AtomicFile.write(file, channel -> {
                    LabelMask mask = result.classes();
                    RowImage image = new RowImage(
                            input, mask.height(), mask.width(), result.labels().size(), palette);
                    try (LabelRows rows = rows(image, kind, channel)) {
                        rows.all(mask);
                    }
                });
            case INSTANCES ->
                AtomicFile.write(file, channel -> {
                    LabelMask ids = instances(input, result).ids();
                    try (LabelRows rows = LabelPng.gray(
                            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER),
                            ids.height(),
                            ids.width(),
                            Character.MAX_VALUE)) {
                        rows.all(ids);
                    }
                });
            case OVERLAY ->
                AtomicFile.write(
                        file,
                        overlay(result, wanted, palette).drawOn(one.image()).toPng());
            case CSV -> AtomicFile.write(file, SegmentTable.csv(wanted.of(result.objects())));
            case COCO -> AtomicFile.write(file, CocoAnnotations.of(input.name(), result, wanted.indices()) + "\n");
        }
    }

    private static Instances instances(ImageInput input, Segmentation result) {
        return result.instances()
                .orElseThrow(() -> new ImageException(
                        input.name(), "--write instances needs a model that tells objects apart, such as nuclei"));
    }

    private static MaskOverlay overlay(Segmentation result, WantedClasses wanted, Palette palette) {
        List<MaskOverlay.Entry> entries = new ArrayList<>();
        if (result.instances().isPresent()) {
            Instances instances = result.instances().get();
            Palette each = Palette.stable();
            wanted.of(instances.objects())
                    .forEach(object -> entries.add(new MaskOverlay.Entry(object.id(), "", each.color(object.id()))));
            return MaskOverlay.of(instances.ids(), entries);
        }
        for (Segment segment : wanted.of(result.segments())) {
            entries.add(new MaskOverlay.Entry(segment.id(), segment.label(), palette.color(segment.id())));
        }
        return MaskOverlay.of(result.classes(), entries);
    }

    /** Creates the file of a kind that is written row by row. */
    private LabelRows rows(RowImage image, OutputKind kind, FileChannel channel) throws IOException {
        BufferedOutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        int height = image.height();
        int width = image.width();
        int largest = image.labels() - 1;
        return switch (kind) {
            case PALETTE -> LabelPng.indexed(stream, height, width, image.palette());
            case GEOTIFF -> new LabelTiff(channel, height, width, largest, placed(image.input()));
            default -> LabelPng.gray(stream, height, width, largest);
        };
    }

    private static TiffDirectory placed(ImageInput input) {
        if (input instanceof ImageInput.File image && TiffDirectory.begins(image.path())) {
            TiffDirectory directory = TiffDirectory.read(image.path());
            if (directory.isUpright()) {
                return directory;
            }
        }
        throw new ImageException(input.name(), "--write geotiff needs an upright TIFF file, whose place it copies");
    }

    /** A task that gives rows of labels, and figures at the end. */
    interface RowTask {
        SegmentedRows run(RowWriter writer);
    }

    /** Takes rows of labels. */
    interface RowWriter {
        void row(char[] labels);
    }

    /**
     * An image whose rows come one after the other.
     *
     * @param labels number of classes
     */
    record RowImage(ImageInput input, int height, int width, int labels, Palette palette) {}

    /** Writes the files of an image row by row; they are put in place only after all rows are written. */
    SegmentedRows writeByRows(RowImage image, WantedClasses wanted, RowTask task) {
        List<OutputKind> byRows = new ArrayList<>(kinds);
        byRows.remove(OutputKind.CSV);
        AtomicReference<SegmentedRows> out = new AtomicReference<>();
        ImageOutput.write(image.input(), () -> {
            named(
                    directory,
                    () -> open(image, byRows, List.of(), all -> {
                        out.set(task.run(labels -> write(all, labels)));
                        for (LabelRows rows : all) {
                            rows.end();
                        }
                    }));
            if (kinds.contains(OutputKind.CSV)) {
                AtomicFile.write(
                        path(image.input(), OutputKind.CSV),
                        SegmentTable.csv(wanted.of(out.get().all())));
            }
        });
        return out.get();
    }

    private interface Body {
        void run(List<LabelRows> all) throws IOException;
    }

    /** Opens the files recursively, each within the scope of the one before. */
    private void open(RowImage image, List<OutputKind> left, List<LabelRows> opened, Body body) throws IOException {
        if (left.isEmpty()) {
            try {
                body.run(opened);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            return;
        }
        AtomicFile.write(path(image.input(), left.get(0)), channel -> {
            try (LabelRows rows = rows(image, left.get(0), channel)) {
                List<LabelRows> all =
                        Stream.concat(opened.stream(), Stream.of(rows)).toList();
                open(image, left.subList(1, left.size()), all, body);
            }
        });
    }

    private static void write(List<LabelRows> all, char[] labels) {
        try {
            for (LabelRows rows : all) {
                rows.row(labels);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
