package org.fovea.core.image;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The image processors of the transformers library that classify with a vision transformer, each with what it does where
 * a file leaves a key out.
 *
 * @see <a href="https://github.com/huggingface/transformers">transformers, {@code models/&#42;/image_processing_&#42;.py}</a>
 */
enum HubProcessor {
    VIT("ViT", new ResizeRule.Exact(224, 224), Resampling.BILINEAR, 0, Statistics.STANDARD),
    DEIT("DeiT", new ResizeRule.Exact(256, 256), Resampling.BICUBIC, 224, Statistics.STANDARD),
    BEIT("Beit", new ResizeRule.Exact(256, 256), Resampling.BICUBIC, 224, Statistics.STANDARD),
    SIGLIP("Siglip", new ResizeRule.Exact(224, 224), Resampling.BICUBIC, 0, Statistics.STANDARD),
    BIT("Bit", new ResizeRule.ShortestEdge(224, 0), Resampling.BICUBIC, 224, Statistics.CLIP),
    CLIP("CLIP", new ResizeRule.ShortestEdge(224, 0), Resampling.BICUBIC, 224, Statistics.CLIP);

    /** Means and deviations per channel R, G, B of samples from 0 to 1. */
    enum Statistics {
        STANDARD(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)),
        IMAGENET(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
        CLIP(List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

        final List<Double> mean;
        final List<Double> std;

        Statistics(List<Double> mean, List<Double> std) {
            this.mean = mean;
            this.std = std;
        }
    }

    private static final List<String> SUFFIXES =
            List.of("ImageProcessorFast", "ImageProcessorPil", "ImageProcessor", "FeatureExtractor");

    final String prefix;
    final ResizeRule resize;
    final Resampling filter;
    /** The crop's side; 0 for no crop. */
    final int cropPixels;

    final Statistics statistics;

    HubProcessor(String prefix, ResizeRule resize, Resampling filter, int cropPixels, Statistics statistics) {
        this.prefix = prefix;
        this.resize = resize;
        this.filter = filter;
        this.cropPixels = cropPixels;
        this.statistics = statistics;
    }

    /** Whether a size of one number means the shorter edge. */
    boolean sizesByShortestEdge() {
        return resize instanceof ResizeRule.ShortestEdge;
    }

    /** The processor of a class name such as {@code ViTImageProcessorFast}; null where it is none of these. */
    static HubProcessor ofClass(String name) {
        return Arrays.stream(values())
                .filter(p -> SUFFIXES.stream().anyMatch(s -> name.equals(p.prefix + s)))
                .findFirst()
                .orElse(null);
    }

    /** The processor of a {@code model_type}: what files older than the class names belong to. */
    static HubProcessor ofModelType(String modelType) {
        return switch (modelType) {
            case "deit" -> DEIT;
            case "beit" -> BEIT;
            case "dinov2", "dinov2_with_registers" -> BIT;
            case "clip", "clip_vision_model" -> CLIP;
            case "siglip", "siglip_vision_model" -> SIGLIP;
            default -> VIT;
        };
    }

    static String names() {
        return Arrays.stream(values()).map(p -> p.prefix + "ImageProcessor").collect(Collectors.joining(", "));
    }
}
