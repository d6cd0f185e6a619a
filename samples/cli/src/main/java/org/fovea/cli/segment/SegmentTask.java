package org.fovea.cli.segment;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.fovea.cli.images.ImageOutput;
import org.fovea.cli.images.ImageTask;
import org.fovea.cli.images.PictureFiles;
import org.fovea.cli.images.SelectedImages;
import org.fovea.cli.segment.SegmentFiles.RowImage;
import org.fovea.cli.segment.SegmentFiles.RowTask;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmentedImage;
import org.fovea.segmentation.SegmenterOptions;
import org.fovea.segmentation.mask.SegmentedRows;
import org.fovea.segmentation.tile.TiffDirectory;
import org.fovea.segmentation.tile.TiffRegions;

/** The work of {@code fovea segment}. */
record SegmentTask(
        ImageSegmenter segmenter,
        SegmentOptions options,
        WantedClasses wanted,
        Figures figures,
        Optional<SegmentFiles> files)
        implements ImageTask<SegmentReport> {
    private static final int PALETTE_COLORS = 256;

    /** Pictures of what the model looked at, and what they are to show. */
    record Figures(AttentionOptions options, Optional<PictureFiles> files) {
        void write(ImageInput input, ImageSegmenter segmenter, RgbImage image) {
            files.ifPresent(to -> {
                RgbImage picture = options.draw(input, segmenter, image);
                ImageOutput.write(input, () -> to.write(input, picture));
            });
        }
    }

    static SegmentTask load(
            SegmentOptions options,
            TilingOptions tiling,
            Figures figures,
            Optional<SegmentFiles> files,
            Backend backend,
            int batch) {
        PromptTask.checkNoSam(options.folder());
        SegmenterOptions plain = SegmenterOptions.defaults()
                .withBackend(backend)
                .withPrecision(options.precision())
                .withBatch(batch);
        ImageSegmenter segmenter = ImageSegmenter.load(options.folder(), tiling.over(plain));
        try {
            files.ifPresent(wanted -> check(wanted, segmenter));
            figures.options().check(segmenter);
            options.tellLicense();
            return new SegmentTask(segmenter, options, options.classes(segmenter.labels()), figures, files);
        } catch (RuntimeException e) {
            segmenter.close();
            throw e;
        }
    }

    private static void check(SegmentFiles files, ImageSegmenter segmenter) {
        if (files.kinds().contains(OutputKind.INSTANCES) && !segmenter.tellsObjectsApart()) {
            throw new IllegalArgumentException(
                    "--write instances needs a model that tells objects apart, such as nuclei");
        }
        if (files.kinds().contains(OutputKind.PALETTE) && segmenter.labels().size() > PALETTE_COLORS) {
            throw new IllegalArgumentException("--write palette takes at most " + PALETTE_COLORS
                    + " classes, got a model of " + segmenter.labels().size() + "; write mask");
        }
    }

    @Override
    public void run(SelectedImages images, Consumer<Outcome<ImageInput, SegmentReport>> results) {
        if (segmenter.isTiled()) {
            for (Iterator<ImageInput> inputs = images.inputs().iterator(); inputs.hasNext(); ) {
                ImageInput input = inputs.next();
                results.accept(Outcome.of(input, one -> tiled(one, images)));
            }
        } else {
            segmenter.segmentAll(
                    images.inputs(),
                    images::decode,
                    images.batch(),
                    outcome -> results.accept(outcome.map(one -> SegmentReport.of(one, wanted))));
        }
    }

    private SegmentReport tiled(ImageInput input, SelectedImages images) {
        try {
            if (isReadInParts(input)) {
                return inParts(input);
            }
            RgbImage image = images.decode(input);
            return SegmentReport.of(new SegmentedImage(image, segmenter.segment(image)), wanted);
        } catch (OutOfMemoryError | ArithmeticException e) { // sizes beyond the limit of an array
            throw new ImageException(
                    input.name(),
                    "the Java heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB is too small for it; raise it with -Xmx, or write it as TIFF and only mask, palette,"
                            + " csv or geotiff, which go by rows",
                    e);
        }
    }

    /** Returns whether an image is read in parts: TIFF files are, unless something needs all of their pixels at once. */
    private boolean isReadInParts(ImageInput input) {
        boolean tiff = input instanceof ImageInput.File file && TiffDirectory.begins(file.path());
        return tiff
                && figures.files().isEmpty()
                && files.map(SegmentFiles::kinds).stream().flatMap(Set::stream).allMatch(OutputKind::isByRows);
    }

    private SegmentReport inParts(ImageInput input) {
        Path path = ((ImageInput.File) input).path();
        try (TiffRegions source = TiffRegions.open(path)) {
            RowImage image = new RowImage(
                    input, source.height(), source.width(), segmenter.labels().size(), segmenter.palette());
            RowTask work = writer -> segmenter.segment(source, (y, labels, scores) -> writer.row(labels));
            SegmentedRows all =
                    files.isEmpty() ? work.run(labels -> {}) : files.get().writeByRows(image, wanted, work);
            return new SegmentReport(
                    source.height(),
                    source.width(),
                    wanted.of(all.segments()),
                    all.objects().map(wanted::of),
                    Optional.empty());
        }
    }

    @Override
    public SegmentReport dump(ImageInput input, RgbImage image) {
        options.dump.write(input, segmenter.dump(image));
        return SegmentReport.of(new SegmentedImage(image, segmenter.segment(image)), wanted);
    }

    @Override
    public void write(ImageInput input, SegmentReport result) {
        result.picture().ifPresent(one -> {
            files.ifPresent(to -> to.write(input, one, wanted, segmenter.palette()));
            figures.write(input, segmenter, one.image());
        });
    }

    @Override
    public void close() {
        segmenter.close();
    }
}
