package org.fovea.segmentation.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.Labels;
import org.fovea.core.hub.ModelLimits;
import org.fovea.core.hub.NameTable;
import org.fovea.segmentation.instance.Watershed;
import org.fovea.segmentation.mask.ScoreDecoder;
import org.fovea.segmentation.mask.SemanticDecoder;
import org.fovea.segmentation.mask.WatershedDecoder;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.model.UNetSegmenter;

/** Segmenters that were trained here: an {@link AttentionUNet}, which sees images in tiles at their own scale. */
final class FoveaSegmenter implements SegmenterFamily {
    private static final String TYPE = "fovea_segmenter";
    private static final String WIDTHS = "hidden_sizes";
    private static final String ATTENTION = "attention";
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
        AttentionUNet network = new AttentionUNet(
                file.required(WIDTHS, file.integers(WIDTHS, 1, ModelLimits.WIDTH)),
                attention(file),
                labels.size(),
                distance);
        int tile = file.required(TILE, file.integer(TILE, 1, ModelLimits.IMAGE_PIXELS));
        ScoreDecoder decoder = distance ? new WatershedDecoder(watershed(file)) : new SemanticDecoder();
        return new SegmenterSpec(new UNetSegmenter(network, tile, tile), NameTable.ours(), labels, decoder, tile);
    }

    private static FeatureAttention attention(ConfigFile file) {
        String key = file.required(ATTENTION, file.text(ATTENTION));
        return Stream.of(FeatureAttention.values())
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> file.wrong(ATTENTION, "must be one of " + keys()));
    }

    private static List<String> keys() {
        return Stream.of(FeatureAttention.values()).map(FeatureAttention::key).toList();
    }

    private static Watershed watershed(ConfigFile file) {
        return new Watershed(
                file.required(FOREGROUND, file.number(FOREGROUND, 0, 1)),
                file.required(DYNAMICS, file.number(DYNAMICS, 0, 1)),
                file.required(LEAST_AREA, file.integer(LEAST_AREA, 0, Integer.MAX_VALUE)),
                file.required(LARGEST_HOLE, file.integer(LARGEST_HOLE, 0, Integer.MAX_VALUE)));
    }

    /** The {@code config.json} of a model. */
    static Map<String, Object> config(AttentionUNet model, List<String> labels, Watershed watershed, int tilePixels) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model_type", TYPE);
        out.put(WIDTHS, model.widths());
        out.put(ATTENTION, model.attention().key());
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
