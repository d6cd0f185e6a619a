package org.fovea.studies.nuclei;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fovea.core.image.LabelMask;
import org.fovea.segmentation.ImageSegmenter;
import org.fovea.segmentation.SegmenterOptions;
import org.fovea.segmentation.mask.Segmentation;
import org.fovea.segmentation.metric.InstanceMatching;
import org.fovea.segmentation.metric.MatchingScores;
import org.fovea.segmentation.tile.TileOptions;
import org.fovea.segmentation.train.SegmentationFolder;
import org.fovea.segmentation.train.SegmentationSample;
import org.fovea.vit.ShippedModels;

/**
 * Says how far the masks of the shipped {@code nuclei} model depend on the tiles in which it sees an image: tiles of two sizes
 * against one that holds the whole image.
 */
public final class CompareTiles {
    private static final List<Integer> TILES = List.of(128, 256);
    private static final int UNIT = 16; // the model's stride
    private static final int SMALL = 256; // no larger image is one tile anyway

    private CompareTiles() {}

    /**
     * Compares the tiles.
     *
     * @param args the data, {@code dsb2018.zip}, of whose test images those with a side above 256 pixels are taken
     * @throws IOException when the data cannot be read
     */
    public static void main(String[] args) throws IOException {
        List<SegmentationSample> samples;
        try (SegmentationFolder data = SegmentationFolder.open(Path.of(args[0]))) {
            samples = data.samples("test").stream()
                    .filter(sample -> side(sample) > SMALL)
                    .toList();
        }
        List<Segmentation> whole = new ArrayList<>();
        Map<Integer, List<SegmentationSample>> bySide =
                samples.stream().collect(Collectors.groupingBy(CompareTiles::side, TreeMap::new, Collectors.toList()));
        List<SegmentationSample> ordered =
                bySide.values().stream().flatMap(List::stream).toList();
        bySide.forEach((side, images) -> whole.addAll(segmented(side, images)));
        for (int tile : TILES) {
            report(tile, whole, segmented(tile, ordered));
        }
    }

    /** The side of a square tile that holds the image. */
    private static int side(SegmentationSample sample) {
        int longest = Math.max(sample.image().height(), sample.image().width());
        return (longest + UNIT - 1) / UNIT * UNIT;
    }

    private static List<Segmentation> segmented(int tile, List<SegmentationSample> samples) {
        SegmenterOptions options = SegmenterOptions.defaults().withTiles(TileOptions.of(tile));
        try (ImageSegmenter segmenter = ImageSegmenter.load(ShippedModels.directory("nuclei"), options)) {
            return samples.stream()
                    .map(sample -> segmenter.segment(sample.image()))
                    .toList();
        }
    }

    private static void report(int tile, List<Segmentation> whole, List<Segmentation> cut) {
        long pixels = 0;
        long different = 0;
        List<MatchingScores> objects = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            pixels += whole.get(i).pixels();
            different += different(whole.get(i).classes(), cut.get(i).classes());
            objects.add(InstanceMatching.of(
                            whole.get(i).instances().orElseThrow().ids(),
                            cut.get(i).instances().orElseThrow().ids())
                    .at(0.5));
        }
        System.out.printf(
                Locale.ROOT,
                "tiles of %d pixels against the whole of %d images: %.2f %% of %d pixels differ; objects F1 %.4f at IoU 0.5%n",
                tile,
                whole.size(),
                100.0 * different / pixels,
                pixels,
                MatchingScores.pooled(objects).f1());
    }

    private static long different(LabelMask a, LabelMask b) {
        long out = 0;
        for (int y = 0; y < a.height(); y++) {
            for (int x = 0; x < a.width(); x++) {
                out += a.label(y, x) == b.label(y, x) ? 0 : 1;
            }
        }
        return out;
    }
}
