package org.fovea.vit.train;

import java.util.List;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.train.ConfigKey;
import org.fovea.core.train.ParameterPolicy;
import org.fovea.core.train.TrainingConfig;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vit.model.ViTEncoder;

/** The keys by which recipes of captioners and answerers name their image encoder. */
public final class EncoderRecipe {
    /** Side of the square input in pixels; a published encoder brings its own. */
    public static final ConfigKey<Integer> IMAGE_SIZE = ConfigKey.whole("image_size", 8, 64, 16_384);
    /**
     * Kind of encoder: {@code conv}, a small residual convolutional network with a stride of 8 pixels; {@code vit}, a vision
     * transformer; or the folder of a published ViT, DeiT, Swin or MobileNetV1, whose tokens are projected linearly to the
     * width below.
     */
    public static final ConfigKey<String> ENCODER = ConfigKey.text("encoder", "conv");
    /** Factor of the learning rate for the encoder's weights; 0 freezes the encoder. */
    public static final ConfigKey<Double> ENCODER_RATE = ConfigKey.number("encoder_rate", 0, 1.0, 1);
    /** Channels of the encoder's output, a multiple of 8 for {@code conv}. */
    public static final ConfigKey<Integer> ENCODER_WIDTH = ConfigKey.whole("encoder_width", 8, 128, 8192);
    /** Number of blocks of {@code vit}. */
    public static final ConfigKey<Integer> ENCODER_LAYERS = ConfigKey.whole("encoder_layers", 1, 4, 64);
    /** Number of heads of {@code vit}. */
    public static final ConfigKey<Integer> ENCODER_HEADS = ConfigKey.whole("encoder_heads", 1, 4, 64);
    /** Side of a patch of {@code vit} in pixels. */
    public static final ConfigKey<Integer> PATCH_SIZE = ConfigKey.whole("patch_size", 1, 8, 64);

    /** All of these keys, in the order in which files list them. */
    public static final List<ConfigKey<?>> ALL =
            List.of(IMAGE_SIZE, ENCODER, ENCODER_RATE, ENCODER_WIDTH, ENCODER_LAYERS, ENCODER_HEADS, PATCH_SIZE);

    static final String CONVOLUTIONS = "conv";
    static final String PATCHES = "vit";

    private EncoderRecipe() {}

    /** Creates an encoder of the recipe's sizes. */
    static VisionEncoder fresh(TrainingConfig recipe) {
        int pixels = recipe.get(IMAGE_SIZE);
        int width = recipe.get(ENCODER_WIDTH);
        return recipe.get(ENCODER).equals(PATCHES)
                ? ViTEncoder.plain(
                        pixels, recipe.get(PATCH_SIZE), width, recipe.get(ENCODER_LAYERS), recipe.get(ENCODER_HEADS))
                : new ConvEncoder(pixels, width);
    }

    /**
     * Parameter policy that trains the encoder at its own rate.
     *
     * @param encoder encoder in the model
     */
    public static ParameterPolicy policy(TrainingConfig recipe, VisionEncoder encoder) {
        double rate = recipe.get(ENCODER_RATE);
        String own = EncoderStart.learned(encoder);
        return rate > 0
                ? ParameterPolicy.standard().scaled(name -> name.startsWith(own) ? rate : 1)
                : ParameterPolicy.standard().training(name -> !name.startsWith(own));
    }
}
