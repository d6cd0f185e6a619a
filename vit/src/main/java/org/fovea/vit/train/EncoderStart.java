package org.fovea.vit.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.fovea.core.data.PixelNormalization;
import org.fovea.core.data.TrainingPipeline;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.ProcessorFiles;
import org.fovea.core.io.JsonText;
import org.fovea.core.nn.FrozenEncoder;
import org.fovea.core.nn.ProjectedEncoder;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vit.hub.PretrainedEncoder;

/**
 * The side of the images at the start of a run: a new encoder with random weights, a published one, or that of a model that was
 * trained here before.
 *
 * @param encoder encoder in the form in which the model is saved
 * @param preprocessing preprocessing of the training images
 * @param like directory of a checkpoint whose preprocessing is used instead
 * @param weights initial weights, those of the encoder below {@code vision}; missing ones are initialized randomly
 * @param source source of the weights, closed with this object
 */
public record EncoderStart(
        VisionEncoder encoder,
        Preprocessing preprocessing,
        Optional<Path> like,
        Optional<Parameters> weights,
        AutoCloseable source)
        implements AutoCloseable {
    /** Scope of the encoder's weights in captioners and question answerers. */
    private static final String SCOPE = "vision";

    /**
     * Creates the encoder that a recipe describes.
     *
     * @param recipe recipe with the keys of {@link EncoderRecipe}
     * @throws TrainingConfigException when its sizes are inconsistent, or there is no such encoder
     * @throws org.fovea.core.ModelFormatException when a published encoder's files are wrong
     */
    public static EncoderStart of(TrainingConfig recipe) {
        String name = recipe.get(EncoderRecipe.ENCODER);
        boolean fresh =
                List.of(EncoderRecipe.CONVOLUTIONS, EncoderRecipe.PATCHES).contains(name);
        if (fresh && recipe.get(EncoderRecipe.ENCODER_RATE) == 0) {
            throw new TrainingConfigException("\"" + EncoderRecipe.ENCODER_RATE.name()
                    + "\" 0 keeps an encoder that has learned, got a fresh one;"
                    + " give a published \"" + EncoderRecipe.ENCODER.name()
                    + "\", or a \"model\" to train further");
        }
        return fresh ? fresh(recipe) : published(recipe, Path.of(name));
    }

    /**
     * Starting point from the encoder of a model trained by Fovea.
     *
     * @param folder folder of the model
     * @param weights weights of the whole model
     * @param source source of the weights, closed with this object
     */
    public static EncoderStart ofModel(VisionEncoder encoder, Path folder, Parameters weights, AutoCloseable source) {
        return new EncoderStart(
                encoder, preprocessing(ImageProcessor.load(folder)), Optional.of(folder), Optional.of(weights), source);
    }

    private static EncoderStart fresh(TrainingConfig recipe) {
        VisionEncoder encoder;
        try {
            encoder = EncoderRecipe.fresh(recipe);
        } catch (IllegalArgumentException e) {
            throw new TrainingConfigException("the recipe's encoder: " + e.getMessage(), e);
        }
        boolean crop = recipe.get(AugmentationKeys.FIT).equals("crop");
        Preprocessing preprocessing = new Preprocessing(
                encoder.imageHeight(),
                encoder.imageWidth(),
                crop ? Preprocessing.Fit.CROP : Preprocessing.Fit.STRETCH,
                recipe.get(AugmentationKeys.IMAGE_MEAN),
                recipe.get(AugmentationKeys.IMAGE_STD));
        return new EncoderStart(encoder, preprocessing, Optional.empty(), Optional.empty(), () -> {});
    }

    private static EncoderStart published(TrainingConfig recipe, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new TrainingConfigException("\"" + EncoderRecipe.ENCODER.name() + "\" must be "
                    + EncoderRecipe.CONVOLUTIONS + ", " + EncoderRecipe.PATCHES
                    + " or the folder of an image encoder, got " + folder + ", which is no folder");
        }
        PretrainedEncoder pretrained = PretrainedEncoder.open(folder);
        try {
            VisionEncoder encoder = new ProjectedEncoder(pretrained.encoder(), recipe.get(EncoderRecipe.ENCODER_WIDTH));
            Parameters known = pretrained.parameters();
            Parameters.Builder weights = Parameters.builder();
            known.names().forEach(name -> weights.add(learned(encoder) + name, known.tensor(name)));
            return ofModel(encoder, folder, weights.build(), pretrained);
        } catch (RuntimeException e) {
            pretrained.close();
            throw e;
        }
    }

    private static Preprocessing preprocessing(ImageProcessor own) {
        return new Preprocessing(own.height(), own.width(), Preprocessing.Fit.STRETCH, own.mean(), own.std());
    }

    /** Prefix of the weights that a rate of 0 freezes: all except those of a projection after the encoder. */
    static String learned(VisionEncoder encoder) {
        String below = encoder instanceof ProjectedEncoder ? "." + ProjectedEncoder.ENCODER : "";
        return SCOPE + below + ".";
    }

    /** Encoder as it is built for training: frozen if its rate is 0. */
    public VisionEncoder trained(TrainingConfig recipe) {
        if (recipe.get(EncoderRecipe.ENCODER_RATE) > 0) {
            return encoder;
        }
        return encoder instanceof ProjectedEncoder projected
                ? new ProjectedEncoder(new FrozenEncoder(projected.encoder()), projected.width())
                : new FrozenEncoder(encoder);
    }

    /** Pipeline of the training images, with the recipe's augmentation. */
    public TrainingPipeline pipeline(TrainingConfig recipe) {
        return new TrainingPipeline(
                preprocessing.height(),
                preprocessing.width(),
                AugmentationKeys.augmentations(recipe, preprocessing.height(), preprocessing.width()),
                new PixelNormalization(preprocessing.mean(), preprocessing.std()));
    }

    /**
     * Content of the model's {@code preprocessor_config.json}.
     *
     * @throws IOException when the file of the other checkpoint cannot be read
     */
    public String preprocessorConfig() throws IOException {
        if (like.isEmpty()) {
            return JsonText.of(preprocessing::write);
        }
        return ProcessorFiles.preprocessorConfig(like.get(), 0)
                .orElseThrow(() -> new TrainingConfigException(
                        like.get() + ": must say how images are prepared, got no preprocessor_config.json"));
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("EncoderStart: closing failed: " + e, e);
        }
    }
}
