package org.fovea.vit.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.nn.ProjectedEncoder;
import org.fovea.core.nn.SpatialFront;
import org.fovea.core.nn.StraightenedEncoder;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vit.model.ViTEncoder;

/**
 * Keys of {@code config.json} for the encoders of models that were trained here; without {@code encoder} it is {@code conv}.
 * An object as {@code encoder} is the configuration of a published encoder, whose tokens a map brings to {@code encoder_width}.
 * {@code spatial_transformer} names a front before any of them.
 */
public final class EncoderKeys {
    private static final String ENCODER = "encoder";
    private static final String CONVOLUTIONS = "conv";
    private static final String TRANSFORMER = "vit";
    private static final String IMAGE_SIZE = "image_size";
    private static final String WIDTH = "encoder_width";
    private static final String PATCH = "patch_size";
    private static final String LAYERS = "encoder_layers";
    private static final String HEADS = "encoder_heads";
    private static final String FRONT = "spatial_transformer";
    private static final int MOST = 1 << 20;

    private EncoderKeys() {}

    /** Reads the encoder of a configuration. */
    public static VisionEncoder read(ConfigFile file) {
        VisionEncoder encoder = plain(file);
        Optional<String> front = file.text(FRONT);
        if (front.isEmpty()) {
            return encoder;
        }
        return new StraightenedEncoder(
                SpatialFront.of(front.get()).orElseThrow(() -> file.wrong(FRONT, "one of " + SpatialFront.labels())),
                encoder);
    }

    private static VisionEncoder plain(ConfigFile file) {
        if (file.isObject(ENCODER)) {
            VisionEncoder published =
                    VisionTowers.own(file.object(ENCODER).orElseThrow()).encoder();
            return new ProjectedEncoder(published, number(file, WIDTH));
        }
        String kind = file.text(ENCODER).orElse(CONVOLUTIONS);
        return switch (kind) {
            case CONVOLUTIONS -> new ConvEncoder(number(file, IMAGE_SIZE), number(file, WIDTH));
            case TRANSFORMER ->
                ViTEncoder.plain(
                        number(file, IMAGE_SIZE),
                        number(file, PATCH),
                        number(file, WIDTH),
                        number(file, LAYERS),
                        number(file, HEADS));
            default ->
                throw file.wrong(
                        ENCODER, "must be " + CONVOLUTIONS + ", " + TRANSFORMER + " or a published encoder's object");
        };
    }

    /** Value of a required key. */
    public static int number(ConfigFile file, String key) {
        return file.required(key, file.integer(key, 1, MOST));
    }

    /**
     * Configuration keys of an encoder.
     *
     * @throws IllegalArgumentException when it is not one of these encoders
     */
    public static Map<String, Object> write(VisionEncoder encoder) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (encoder instanceof StraightenedEncoder straightened) {
            out.putAll(write(straightened.encoder()));
            out.put(FRONT, straightened.front().label());
            return out;
        }
        if (encoder instanceof ProjectedEncoder projected) {
            out.put(ENCODER, VisionTowers.keys(projected.encoder()).orElseThrow(() -> wrong(encoder)));
            out.put(WIDTH, encoder.width());
            return out;
        }
        if (encoder instanceof ConvEncoder) {
            out.put(ENCODER, CONVOLUTIONS);
        } else if (encoder instanceof ViTEncoder vit && isPlain(vit)) {
            out.put(ENCODER, TRANSFORMER);
            out.put(PATCH, vit.patchPixels());
            out.put(LAYERS, vit.depth());
            out.put(HEADS, vit.heads());
        } else {
            throw wrong(encoder);
        }
        out.put(IMAGE_SIZE, encoder.imageHeight());
        out.put(WIDTH, encoder.width());
        return out;
    }

    private static IllegalArgumentException wrong(VisionEncoder encoder) {
        return new IllegalArgumentException("EncoderKeys: the encoder must be a ConvEncoder, a ViTEncoder.plain or a"
                + " ProjectedEncoder over a published one, with a front or without, got " + encoder);
    }

    private static boolean isPlain(ViTEncoder vit) {
        return vit.imageHeight() % vit.patchPixels() == 0
                && vit.equals(
                        ViTEncoder.plain(vit.imageHeight(), vit.patchPixels(), vit.width(), vit.depth(), vit.heads()));
    }
}
