package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.fovea.captioning.metric.CaptionScores;
import org.fovea.captioning.metric.Cider;
import org.fovea.captioning.metric.ScoredCaption;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.captioning.train.CaptionBatch;
import org.fovea.captioning.train.CaptionData;
import org.fovea.captioning.train.CaptionEvaluation;
import org.fovea.captioning.train.CaptionedImage;
import org.fovea.captioning.train.WrittenCaption;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.BatchSource;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;

/** Photographs with five captions each, their features, and the words of those for training. */
final class PhotoStudy implements AutoCloseable {
    /** Photographs of a batch. */
    static final int IMAGES = 10;
    /** Captions of each photograph. */
    static final int CAPTIONS = 5;

    private static final int LEAST_COUNT = 4; // of a word

    private final CaptionData data;
    private final PhotoFeatures features;
    private final List<CaptionedImage> train;
    private final WordVocabulary vocabulary;

    private PhotoStudy(CaptionData data, PhotoFeatures features) {
        this.data = data;
        this.features = features;
        this.train = data.splits().get("train");
        this.vocabulary = WordVocabulary.of(train.stream().flatMap(photo -> photo.words().stream()), LEAST_COUNT);
    }

    /**
     * Opens the photographs and computes their features where that was not done before.
     *
     * @param photos that {@link CaptionData} reads, of splits {@code train}, {@code val} and {@code test}
     * @param encoder directory of a checkpoint
     * @param cache file of the features
     * @throws IOException when it cannot be written
     */
    static PhotoStudy open(Path photos, Path encoder, Path cache, Backend backend) throws IOException {
        CaptionData data = CaptionData.open(photos);
        List<CaptionedImage> all = Stream.of("train", "val", "test")
                .flatMap(split -> data.splits().get(split).stream())
                .toList();
        return new PhotoStudy(data, PhotoFeatures.open(cache, encoder, all, backend));
    }

    PhotoFeatures features() {
        return features;
    }

    WordVocabulary vocabulary() {
        return vocabulary;
    }

    List<CaptionedImage> photos(String split) {
        return data.splits().get(split);
    }

    /**
     * Batches of all photographs of the training in random order, most of them cut and half of them mirrored.
     *
     * @param blind whether every photograph is replaced by the mean of all
     */
    BatchSource<CaptionBatch> batches(boolean blind, long seed) {
        Tensor mean = features.mean(train);
        return BatchSource.generated(IMAGES, train.size() / IMAGES, epoch -> {
            Random random = new Random(seed * 1000 + epoch);
            List<CaptionedImage> order = new ArrayList<>(train);
            Collections.shuffle(order, random);
            List<Tensor> maps = new ArrayList<>();
            for (CaptionedImage photo : order) {
                maps.add(blind ? mean : features.of(photo, random));
            }
            return number -> {
                int first = number * IMAGES;
                List<String> captions = order.subList(first, first + IMAGES).stream()
                        .flatMap(photo -> photo.words().subList(0, CAPTIONS).stream())
                        .toList();
                return new CaptionBatch(Tensor.stack(maps.subList(first, first + IMAGES), IMAGES), captions);
            };
        });
    }

    /** Captions of a split against those that people wrote. */
    CaptionEvaluation evaluation(String split, boolean blind) {
        List<CaptionedImage> photos = photos(split);
        return writer -> scores(photos, captions(writer, photos, blind));
    }

    /** A caption of each of some photographs. */
    List<String> captions(CaptionEvaluation.Writer writer, List<CaptionedImage> photos, boolean blind) {
        Tensor maps = blind
                ? Tensor.stack(Collections.nCopies(photos.size(), features.mean(train)), photos.size())
                : features.of(photos);
        return writer.write(maps).stream().map(WrittenCaption::text).toList();
    }

    /** Scores, of which CIDEr-D decides. */
    static Metrics scores(List<CaptionedImage> photos, List<String> captions) {
        List<ScoredCaption> scored = new ArrayList<>();
        for (int i = 0; i < captions.size(); i++) {
            scored.add(new ScoredCaption(captions.get(i), photos.get(i).words()));
        }
        return CaptionScores.ofTokenized(scored).metrics("cider");
    }

    /** CIDEr-D with the frequencies of the training's captions. */
    Cider reward() {
        return Cider.ofReferences(train.stream()
                .map(photo -> photo.words().stream()
                        .map(caption -> List.of(caption.split(" ")))
                        .toList())
                .toList());
    }

    @Override
    public void close() {
        features.close();
        data.close();
    }
}
