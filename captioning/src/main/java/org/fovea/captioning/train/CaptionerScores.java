package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.fovea.captioning.CaptionExplanation;
import org.fovea.captioning.CaptionRequest;
import org.fovea.captioning.Captions;
import org.fovea.captioning.ImageCaptioner;
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.captioning.metric.ScoredCaption;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;

/**
 * Scores of a captioner on images with captions.
 *
 * @param scores against all captions of each image
 * @param captions captions written by the model
 * @param samples some of them with attention maps, spread over the images
 * @param broken images that could not be read
 */
public record CaptionerScores(
        CaptionScores scores, List<Written> captions, List<Sample> samples, List<BrokenImage> broken) {
    /** Default number of samples. */
    public static final int FIGURES = 12;

    private static final int MOST_BROKEN = 20;

    /**
     * A caption that the model wrote.
     *
     * @param image name of the image
     * @param references captions written by people
     */
    public record Written(String image, String text, List<String> references) {}

    /**
     * A caption with a figure of what each word looked at.
     *
     * @param figure figure of {@link CaptionExplanation#draw()}
     */
    public record Sample(Written caption, RgbImage figure) {}

    /** Copies the lists. */
    public CaptionerScores {
        captions = List.copyOf(captions);
        samples = List.copyOf(samples);
        broken = List.copyOf(broken);
    }

    /**
     * Describes every image with the checkpoint's own generation options and scores the captions.
     *
     * @param figures number of samples; fewer if there are fewer images
     * @throws DataSetException when no image can be read, or too many cannot be
     */
    public static CaptionerScores of(ImageCaptioner captioner, List<CaptionedImage> images, int figures) {
        ImageDecoder decoder = ImageDecoder.create();
        CaptionRequest request = captioner.request();
        List<CaptionedImage> read = new ArrayList<>();
        List<Written> captions = new ArrayList<>();
        List<BrokenImage> broken = new ArrayList<>();
        BiConsumer<CaptionedImage, Captions> add = (image, written) -> {
            read.add(image);
            captions.add(new Written(image.name(), written.best().text(), image.captions()));
        };
        captioner.captionAll(
                images,
                image -> image.decode(decoder),
                captioner.options().batch(),
                request,
                outcome -> take(outcome, add, broken));
        if (captions.isEmpty()) {
            throw new DataSetException("there must be an image to describe, got none that can be read: "
                    + broken.get(0).problem());
        }
        CaptionScores scores = CaptionScores.of(captions.stream()
                .map(each -> new ScoredCaption(each.text(), each.references()))
                .toList());
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < Math.min(figures, read.size()); i++) {
            int at = (int) ((long) i * read.size() / Math.min(figures, read.size()));
            CaptionExplanation why = captioner.explain(read.get(at).decode(decoder), request);
            samples.add(new Sample(captions.get(at), why.draw()));
        }
        return new CaptionerScores(scores, captions, samples, broken);
    }

    private static void take(
            Outcome<CaptionedImage, Captions> outcome,
            BiConsumer<CaptionedImage, Captions> add,
            List<BrokenImage> broken) {
        if (!(outcome instanceof Outcome.Failed<CaptionedImage, Captions> failed)) {
            add.accept(outcome.input(), outcome.get());
            return;
        }
        broken.add(new BrokenImage(outcome.input().name(), failed.failure().getMessage()));
        if (broken.size() > MOST_BROKEN) {
            throw new DataSetException("at most " + MOST_BROKEN + " images may be broken, got more: "
                    + failed.failure().getMessage());
        }
    }
}
