package org.fovea.captioning.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.captioning.metric.ScoredCaption;
import org.fovea.core.data.BatchModel;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.ImageBatches;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;

/**
 * Captions of images against those that people wrote: CIDEr-D, BLEU-1 to BLEU-4 and ROUGE-L. Images that cannot be read are left
 * out.
 */
final class ImageEvaluation implements CaptionEvaluation {
    private final List<CaptionedImage> images;
    private final ImageProcessor processor;
    private final int batch;
    private final String judge;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final Map<String, BrokenImage> broken = new LinkedHashMap<>();

    /**
     * Creates an evaluation on images with captions.
     *
     * @param processor preprocessing of the images
     * @param batch images computed together
     * @param judge metric that selects the best epoch, one of {@link CaptionScores#NAMES}
     */
    ImageEvaluation(List<CaptionedImage> images, ImageProcessor processor, int batch, String judge) {
        this.images = images;
        this.processor = processor;
        this.batch = batch;
        this.judge = judge;
    }

    @Override
    public Metrics score(Writer writer) {
        List<ScoredCaption> captions = new ArrayList<>();
        ImageBatches.of(new Written(writer), batch)
                .run(images, image -> image.decode(decoder), outcome -> add(captions, outcome));
        if (captions.isEmpty()) {
            throw new DataSetException("validation: there must be an image to score, got none that can be read: "
                    + broken.values().iterator().next().problem());
        }
        return CaptionScores.ofTokenized(captions).metrics(judge);
    }

    private void add(List<ScoredCaption> captions, Outcome<CaptionedImage, WrittenCaption> outcome) {
        CaptionedImage image = outcome.input();
        if (outcome instanceof Outcome.Failed<CaptionedImage, WrittenCaption> failed) {
            broken.put(
                    image.name(), new BrokenImage(image.name(), failed.failure().getMessage()));
        } else {
            captions.add(new ScoredCaption(outcome.get().text(), image.words()));
        }
    }

    /** Images that could not be read, known after the first evaluation. */
    List<BrokenImage> broken() {
        return List.copyOf(broken.values());
    }

    /** The model under training, of prepared images. */
    private final class Written implements BatchModel<Tensor, WrittenCaption> {
        private final Writer writer;

        Written(Writer writer) {
            this.writer = writer;
        }

        @Override
        public Tensor prepare(RgbImage image) {
            return processor.prepare(image);
        }

        @Override
        public List<WrittenCaption> compute(List<Tensor> prepared, int rows) {
            return writer.write(Tensor.stack(prepared, prepared.size()));
        }
    }
}
