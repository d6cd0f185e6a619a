package org.fovea.segmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fovea.core.image.RgbImage;

/** Masks of all things on an image, from a grid of prompts. */
final class Everything {
    /** Distance in pixels within which an edge of a mask counts as an edge of its crop. */
    private static final double EDGE_PIXELS = 20;

    private final PromptSegmenter segmenter;
    private final EverythingOptions options;

    Everything(PromptSegmenter segmenter, EverythingOptions options) {
        this.segmenter = segmenter;
        this.options = options;
    }

    /** A mask and what decides between it and others. */
    private record Candidate(PredictedMask mask, double rank) {}

    List<PredictedMask> of(ImageEmbedding embedding) {
        Crop whole = new Crop(0, 0, embedding.width(), embedding.height(), 0);
        return finished(inCrop(embedding, whole, embedding.height(), embedding.width()));
    }

    List<PredictedMask> of(RgbImage image) {
        List<Crop> crops = Crop.of(image.height(), image.width(), options.crops());
        List<PredictedMask> found = new ArrayList<>();
        List<Candidate> ranked = new ArrayList<>();
        for (Crop crop : crops) {
            try (ImageEmbedding embedding = segmenter.embed(crop.cut(image))) {
                for (PredictedMask mask : inCrop(embedding, crop, image.height(), image.width())) {
                    found.add(mask);
                    ranked.add(new Candidate(mask, 1.0 / crop.area())); // masks from smaller crops take precedence
                }
            }
        }
        return finished(crops.size() == 1 ? found : kept(ranked));
    }

    /** Masks of a crop, placed on the whole image. */
    private List<PredictedMask> inCrop(ImageEmbedding embedding, Crop crop, int height, int width) {
        List<Prompt> grid = grid(crop);
        int batch = segmenter.options().batch();
        List<PredictedMask> good = new ArrayList<>();
        MaskMaker maker = new MaskMaker(embedding.frame(), options.stabilityOffset());
        for (int from = 0; from < grid.size(); from += batch) {
            List<Prompt> some = grid.subList(from, Math.min(grid.size(), from + batch));
            good.addAll(segmenter.decode(embedding, some).parallelStream()
                    .flatMap(decoded -> good(decoded, maker))
                    .toList());
        }
        List<PredictedMask> out = new ArrayList<>();
        for (PredictedMask mask : good) {
            PredictedMask placed = mask.with(mask.mask().placed(crop.left(), crop.top(), height, width));
            if (!crop.cuts(placed.mask(), EDGE_PIXELS)) {
                out.add(placed);
            }
        }
        return kept(ranked(out, PredictedMask::predictedIou));
    }

    private List<Prompt> grid(Crop crop) {
        int side = (int) (options.pointsPerSide() / Math.pow(options.crops().fewerPoints(), crop.layer()));
        List<Prompt> out = new ArrayList<>();
        for (int i = 0; i < side * side; i++) {
            double x = (i % side + 0.5) / side * crop.width();
            double y = (i / side + 0.5) / side * crop.height();
            out.add(Prompt.at(x, y));
        }
        return out;
    }

    private Stream<PredictedMask> good(Decoded decoded, MaskMaker maker) {
        return IntStream.range(0, decoded.scores().length)
                .filter(i -> decoded.scores()[i] > options.leastPredictedIou())
                .mapToObj(i -> maker.predicted(decoded, i))
                .filter(mask -> mask.stability() > options.leastStability());
    }

    private static List<Candidate> ranked(List<PredictedMask> masks, ToDoubleFunction<PredictedMask> rank) {
        return masks.stream()
                .map(mask -> new Candidate(mask, rank.applyAsDouble(mask)))
                .toList();
    }

    private List<PredictedMask> kept(List<Candidate> candidates) {
        return BoxSuppression.kept(candidates, c -> c.mask().mask(), Candidate::rank, options.mostOverlap()).stream()
                .map(Candidate::mask)
                .toList();
    }

    /** Removes small regions if the options ask for it; among masks that then overlap, unchanged ones are kept. */
    private List<PredictedMask> finished(List<PredictedMask> masks) {
        if (options.leastArea() == 0) {
            return masks;
        }
        List<Candidate> changed = new ArrayList<>();
        for (PredictedMask mask : masks) {
            BinaryMask cleaned = mask.mask().withoutSmallRegions(options.leastArea());
            changed.add(new Candidate(mask.with(cleaned), cleaned == mask.mask() ? 1 : 0));
        }
        return kept(changed);
    }
}
