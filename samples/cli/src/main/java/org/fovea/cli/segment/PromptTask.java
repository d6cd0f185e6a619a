package org.fovea.cli.segment;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.cli.images.ImageTask;
import org.fovea.cli.images.SelectedImages;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.ImageInput;
import org.fovea.core.image.RgbImage;
import org.fovea.segmentation.EverythingOptions;
import org.fovea.segmentation.ImageEmbedding;
import org.fovea.segmentation.MaskPainting;
import org.fovea.segmentation.PredictedMask;
import org.fovea.segmentation.Prompt;
import org.fovea.segmentation.PromptMasks;
import org.fovea.segmentation.PromptSegmenter;
import org.fovea.segmentation.PromptSegmenterOptions;
import org.fovea.segmentation.SegmentedImage;
import org.fovea.segmentation.hub.PretrainedSam;
import org.fovea.segmentation.output.Palette;

/**
 * The work of {@code fovea segment} with prompts: each image is embedded and asked for masks, of which the best of each prompt is taken.
 *
 * @param prompts prompts; empty if all objects are requested
 */
record PromptTask(
        PromptSegmenter segmenter,
        List<Prompt> prompts,
        SegmentOptions options,
        WantedClasses wanted,
        Optional<SegmentFiles> files)
        implements ImageTask<SegmentReport> {
    static PromptTask load(SegmentOptions options, PromptOptions asked, Optional<SegmentFiles> files, Backend backend) {
        PromptSegmenterOptions plain =
                PromptSegmenterOptions.defaults().withBackend(backend).withPrecision(options.precision());
        List<Prompt> prompts = asked.isEverything() ? List.of() : asked.prompts();
        WantedClasses all = options.classes(MaskPainting.LABELS);
        return new PromptTask(PromptSegmenter.load(options.folder(), plain), prompts, options, all, files);
    }

    /**
     * Checks that a checkpoint is not a promptable model.
     *
     * @throws IllegalArgumentException when it is
     */
    static void checkNoSam(Path folder) {
        if (PretrainedSam.canRead(folder)) {
            throw new IllegalArgumentException("a SAM needs --point, --box or --everything, which say what to cut out");
        }
    }

    @Override
    public void run(SelectedImages images, Consumer<Outcome<ImageInput, SegmentReport>> results) {
        for (Iterator<ImageInput> inputs = images.inputs().iterator(); inputs.hasNext(); ) {
            ImageInput input = inputs.next();
            results.accept(Outcome.of(input, one -> report(one, images.decode(one))));
        }
    }

    private SegmentReport report(ImageInput input, RgbImage image) {
        List<PredictedMask> masks;
        try {
            masks = masks(image);
        } catch (IllegalArgumentException e) { // a point lies outside this image
            throw new ImageException(input.name(), e.getMessage(), e);
        }
        SegmentedImage one = new SegmentedImage(image, MaskPainting.paint(image.height(), image.width(), masks));
        return SegmentReport.of(one, wanted);
    }

    private List<PredictedMask> masks(RgbImage image) {
        if (prompts.isEmpty()) {
            return segmenter.everything(image, EverythingOptions.defaults());
        }
        segmenter.check(image, prompts);
        try (ImageEmbedding embedding = segmenter.embed(image)) {
            return segmenter.masks(embedding, prompts).stream()
                    .map(PromptMasks::best)
                    .toList();
        }
    }

    @Override
    public SegmentReport dump(ImageInput input, RgbImage image) {
        SegmentReport report = report(input, image);
        options.dump.write(input, segmenter.dump(image, prompts.get(0)));
        return report;
    }

    @Override
    public void write(ImageInput input, SegmentReport result) {
        files.ifPresent(to -> result.picture().ifPresent(one -> to.write(input, one, wanted, Palette.stable())));
    }

    @Override
    public void close() {
        segmenter.close();
    }
}
