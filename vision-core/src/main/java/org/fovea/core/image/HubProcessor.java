package org.fovea.core.image;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The image processors of the transformers library that models of this project have, each with what it does where
 * a file leaves a key out.
 *
 * @see <a href="https://github.com/huggingface/transformers">transformers, {@code models/&#42;/image_processing_&#42;.py}</a>
 */
enum HubProcessor {
    VIT("ViT", new ResizeRule.Exact(224, 224), Resampling.BILINEAR, 0, ChannelStatistics.HALF),
    DEIT("DeiT", new ResizeRule.Exact(256, 256), Resampling.BICUBIC, 224, ChannelStatistics.HALF),
    BEIT("Beit", new ResizeRule.Exact(256, 256), Resampling.BICUBIC, 224, ChannelStatistics.HALF),
    SIGLIP("Siglip", new ResizeRule.Exact(224, 224), Resampling.BICUBIC, 0, ChannelStatistics.HALF),
    BIT("Bit", new ResizeRule.ShortestEdge(224, 0), Resampling.BICUBIC, 224, ChannelStatistics.CLIP),
    BLIP("Blip", new ResizeRule.Exact(384, 384), Resampling.BICUBIC, 0, ChannelStatistics.CLIP),
    /** Processor of ViLT, which rounds sizes down to multiples; see {@link ResizeRule.ShortestEdgeMultiple}. */
    VILT("Vilt", new ResizeRule.ShortestEdge(384, 0), Resampling.BICUBIC, 0, ChannelStatistics.HALF),
    SEGFORMER("Segformer", new ResizeRule.Exact(512, 512), Resampling.BILINEAR, 0, ChannelStatistics.IMAGENET),
    CLIP("CLIP", new ResizeRule.ShortestEdge(224, 0), Resampling.BICUBIC, 224, ChannelStatistics.CLIP),
    MOBILENET_V1("MobileNetV1", new ResizeRule.ShortestEdge(256, 0), Resampling.BILINEAR, 224, ChannelStatistics.HALF),
    SAM("Sam", new ResizeRule.LongestEdge(1024), Resampling.BILINEAR, 0, ChannelStatistics.IMAGENET);

    private static final List<String> SUFFIXES =
            List.of("ImageProcessorFast", "ImageProcessorPil", "ImageProcessor", "FeatureExtractor");

    final String prefix;
    final ResizeRule resize;
    final Resampling filter;
    /** Side of the center crop in pixels; 0 for no crop. */
    final int cropPixels;

    final ChannelStatistics statistics;

    HubProcessor(String prefix, ResizeRule resize, Resampling filter, int cropPixels, ChannelStatistics statistics) {
        this.prefix = prefix;
        this.resize = resize;
        this.filter = filter;
        this.cropPixels = cropPixels;
        this.statistics = statistics;
    }

    /** Returns whether a size given as one number means the shortest edge. */
    boolean sizesByShortestEdge() {
        return resize instanceof ResizeRule.ShortestEdge;
    }

    /** Default side of the square that images are padded to, in pixels; 0 for no padding. */
    int padPixels() {
        return this == SAM ? 1024 : 0;
    }

    /** Processor of a class name such as {@code ViTImageProcessorFast}; null if it is none of these. */
    static HubProcessor ofClass(String name) {
        return Arrays.stream(values())
                .filter(p -> SUFFIXES.stream().anyMatch(s -> name.equals(p.prefix + s)))
                .findFirst()
                .orElse(null);
    }

    /** Processor of a {@code model_type}, for files that are older than the class names. */
    static HubProcessor ofModelType(String modelType) {
        return switch (modelType) {
            case "deit" -> DEIT;
            case "beit" -> BEIT;
            case "dinov2", "dinov2_with_registers" -> BIT;
            case "clip", "clip_vision_model", "git" -> CLIP;
            case "blip" -> BLIP;
            case "vilt" -> VILT;
            case "segformer" -> SEGFORMER;
            case "siglip", "siglip_vision_model" -> SIGLIP;
            case "mobilenet_v1" -> MOBILENET_V1;
            case "sam" -> SAM;
            default -> VIT;
        };
    }

    static String names() {
        return Arrays.stream(values()).map(p -> p.prefix + "ImageProcessor").collect(Collectors.joining(", "));
    }
}
