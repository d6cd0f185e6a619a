package org.fovea.segmentation.hub;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.ModelLimits;
import org.fovea.segmentation.model.AttentionEncoder;
import org.fovea.segmentation.model.AttentionSegFormer;
import org.fovea.segmentation.model.AttentionUNet;
import org.fovea.segmentation.model.FeatureAttention;
import org.fovea.segmentation.model.PixelNetwork;

/** The networks of {@link FoveaSegmenter} as its {@code config.json} tells them. */
final class NetworkForm {
    private static final String ENCODER = "encoder";
    private static final String TRANSFORMER = "transformer";
    private static final String WIDTHS = "hidden_sizes";
    private static final String DEPTH = "depth";
    private static final String ATTENTION = "attention";
    private static final int MOST_BLOCKS = 64;

    private NetworkForm() {}

    /** Reads a network; a convolutional one if the file does not name the encoder. */
    static PixelNetwork read(ConfigFile file, int classes, boolean distance) {
        List<Integer> widths = file.required(WIDTHS, file.integers(WIDTHS, 1, ModelLimits.WIDTH));
        FeatureAttention attention = attention(file);
        if (file.text(ENCODER).isEmpty()) {
            return new AttentionUNet(widths, attention, classes, distance);
        }
        if (!file.text(ENCODER).get().equals(TRANSFORMER)) {
            throw file.wrong(ENCODER, "\"" + TRANSFORMER + "\", or left out for one of convolutions");
        }
        int depth = file.required(DEPTH, file.integer(DEPTH, 1, MOST_BLOCKS));
        return new AttentionSegFormer(new AttentionEncoder(widths, depth, attention), classes, distance);
    }

    private static FeatureAttention attention(ConfigFile file) {
        String key = file.required(ATTENTION, file.text(ATTENTION));
        return Stream.of(FeatureAttention.values())
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> file.wrong(ATTENTION, "one of " + keys()));
    }

    private static List<String> keys() {
        return Stream.of(FeatureAttention.values()).map(FeatureAttention::key).toList();
    }

    /** Configuration keys that {@link #read} reads. */
    static Map<String, Object> config(PixelNetwork network) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (network instanceof AttentionSegFormer transformer) {
            AttentionEncoder encoder = transformer.encoder();
            out.put(ENCODER, TRANSFORMER);
            out.put(WIDTHS, encoder.widths());
            out.put(DEPTH, encoder.depth());
            out.put(ATTENTION, encoder.attention().key());
            return out;
        }
        if (network instanceof AttentionUNet convolutions) {
            out.put(WIDTHS, convolutions.widths());
            out.put(ATTENTION, convolutions.attention().key());
            return out;
        }
        throw new IllegalArgumentException(
                "NetworkForm: the network must be an AttentionUNet or an AttentionSegFormer, got " + network);
    }
}
