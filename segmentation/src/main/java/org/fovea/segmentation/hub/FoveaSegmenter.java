package org.fovea.segmentation.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.mask.ScoreDecoder;
import org.fovea.segmentation.mask.SemanticDecoder;
import org.fovea.segmentation.mask.WatershedDecoder;
import org.fovea.segmentation.model.PixelNetwork;
import org.fovea.segmentation.model.PixelSegmenter;

/** Segmenters that were trained here: a {@link PixelNetwork}, which sees images in tiles at their own scale. */
final class FoveaSegmenter implements SegmenterFamily {
    private static final String TYPE = "fovea_segmenter";
    private static final String DISTANCE = "object_distance";
    private static final String FOREGROUND = "foreground_threshold";
    private static final String DYNAMICS = "least_dynamics";
    private static final String LEAST_AREA = "least_area";
    private static final String LARGEST_HOLE = "largest_hole";
    private static final String TILE = "tile_size";

    @Override
    public List<String> names() {
        return List.of(TYPE);
    }

    @Override
    public SegmenterSpec read(ConfigFile file) {
        List<String> labels = file.required("id2label", Labels.read(file));
        boolean distance = file.required(DISTANCE, file.flag(DISTANCE));
        PixelNetwork network = NetworkForm.read(file, labels.size(), distance);
        int tile = file.required(TILE, file.integer(TILE, 1, ModelLimits.IMAGE_PIXELS));
        ScoreDecoder decoder = distance ? new WatershedDecoder(watershed(file)) : new SemanticDecoder();
        return new SegmenterSpec(new PixelSegmenter(network, tile, tile), NameTable.ours(), labels, decoder, tile);
    }

    private static Watershed watershed(ConfigFile file) {
        return new Watershed(
                file.required(FOREGROUND, file.number(FOREGROUND, 0, 1)),
                file.required(DYNAMICS, file.number(DYNAMICS, 0, 1)),
                file.required(LEAST_AREA, file.integer(LEAST_AREA, 0, Integer.MAX_VALUE)),
                file.required(LARGEST_HOLE, file.integer(LARGEST_HOLE, 0, Integer.MAX_VALUE)));
    }

    /** Content of {@code config.json} for a model. */
    static Map<String, Object> config(PixelNetwork model, List<String> labels, Watershed watershed, int tilePixels) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_type", TYPE);
        out.putAll(NetworkForm.config(model));
        out.put(DISTANCE, model.hasDistance());
        if (model.hasDistance()) {
            out.put(FOREGROUND, watershed.foreground());
            out.put(DYNAMICS, watershed.dynamics());
            out.put(LEAST_AREA, watershed.leastArea());
            out.put(LARGEST_HOLE, watershed.largestHole());
        }
        out.put(TILE, tilePixels);
        out.putAll(Labels.keys(labels));
        return out;
    }
}
