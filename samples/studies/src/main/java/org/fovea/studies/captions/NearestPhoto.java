package org.fovea.studies.captions;

import java.util.ArrayList;
import java.util.List;
import org.fovea.captioning.train.CaptionedImage;
import org.fovea.core.metric.Metrics;

/** A baseline that writes nothing itself: a caption of the training photograph whose mean features have the smallest angle to a photograph's. */
final class NearestPhoto {
    private final List<CaptionedImage> known;
    private final PhotoFeatures features;
    private final List<double[]> vectors;

    NearestPhoto(List<CaptionedImage> known, PhotoFeatures features) {
        this.known = known;
        this.features = features;
        this.vectors = known.stream().map(this::vector).toList();
    }

    /** The nearest known photograph. */
    CaptionedImage to(CaptionedImage photo) {
        double[] vector = vector(photo);
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < vectors.size(); i++) {
            double cosine = 0;
            for (int c = 0; c < vector.length; c++) {
                cosine += vector[c] * vectors.get(i)[c];
            }
            if (cosine > most) {
                most = cosine;
                best = i;
            }
        }
        return known.get(best);
    }

    /** Scores of each of the captions of the nearest photographs: of all first ones, all second ones and so on. */
    List<Metrics> scores(List<CaptionedImage> photos) {
        List<CaptionedImage> nearest = photos.stream().map(this::to).toList();
        List<Metrics> out = new ArrayList<>();
        for (int i = 0; i < PhotoStudy.CAPTIONS; i++) {
            int caption = i;
            out.add(PhotoStudy.scores(
                    photos,
                    nearest.stream().map(photo -> photo.words().get(caption)).toList()));
        }
        return out;
    }

    /** The mean of a map over its places, of length 1. */
    private double[] vector(CaptionedImage photo) {
        float[] map = features.of(photo).toFloats();
        double[] out = new double[features.shape().dim(1)];
        int places = map.length / out.length;
        for (int i = 0; i < map.length; i++) {
            out[i / places] += map[i];
        }
        double squares = 0;
        for (double value : out) {
            squares += value * value;
        }
        for (int c = 0; c < out.length; c++) {
            out[c] /= Math.sqrt(squares);
        }
        return out;
    }
}
