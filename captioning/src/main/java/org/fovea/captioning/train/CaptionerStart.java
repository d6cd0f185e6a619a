package org.fovea.captioning.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionVocabulary;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.nn.FrozenEncoder;
import org.fovea.core.nn.ProjectedEncoder;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.core.weights.Parameters;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vit.hub.PretrainedEncoder;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vit.model.ViTEncoder;

/**
 * The start of a run: a new captioner with random weights, perhaps on a published encoder, or a captioner that was trained here
 * before, which also brings its words.
 *
 * @param model as it is saved
 * @param preprocessing of the training's images
 * @param like directory of a checkpoint whose images are prepared in the same way, in place of that
 * @param weights to start from; those that are not there begin at random
 * @param source of the weights, closed with this
 */
record CaptionerStart(
        TrainableCaptioner model,
        CaptionVocabulary vocabulary,
        Preprocessing preprocessing,
        Optional<Path> like,
        Optional<Parameters> weights,
        AutoCloseable source)
        implements AutoCloseable {
    private static final String TRANSFORMER = "transformer";
    private static final String CONVOLUTIONS = "conv";
    private static final String PATCHES = "vit";

    /**
     * The start that the recipe asks for.
     *
     * @param source a captioner in place of the recipe's sizes
     * @param captions of the training
     * @throws TrainingConfigException when the recipe's sizes do not go together, or the source is no captioner of ours
     * @throws org.fovea.core.ModelFormatException when the source, the encoder or the vocabulary's file is wrong
     */
    static CaptionerStart of(Optional<Path> source, TrainingConfig recipe, Stream<String> captions) {
        if (source.isPresent()) {
            return checkpoint(source.get());
        }
        CaptionVocabulary words = vocabulary(recipe, captions);
        String encoder = recipe.get(CaptionerKeys.ENCODER);
        return encoder.equals(CONVOLUTIONS) || encoder.equals(PATCHES)
                ? fresh(recipe, words)
                : published(recipe, Path.of(encoder), words);
    }

    private static CaptionerStart checkpoint(Path folder) {
        PretrainedCaptioner pretrained = PretrainedCaptioner.open(folder);
        try {
            if (!CaptionerWriter.takes(pretrained.model())
                    || !(pretrained.model() instanceof TrainableCaptioner trainable)) {
                throw new TrainingConfigException(folder + ": the model to train further must be a captioner that"
                        + " was trained here, got another family's; give the folder of such a run, or none");
            }
            return new CaptionerStart(
                    trainable,
                    CaptionVocabulary.read(folder),
                    preprocessing(ImageProcessor.load(folder)),
                    Optional.of(folder),
                    Optional.of(pretrained.parameters()),
                    pretrained);
        } catch (RuntimeException e) {
            pretrained.close();
            throw e;
        }
    }

    private static CaptionerStart fresh(TrainingConfig recipe, CaptionVocabulary words) {
        TrainableCaptioner model = checked(() -> model(recipe, encoder(recipe), words.size()));
        boolean crop = recipe.get(AugmentationKeys.FIT).equals("crop");
        Preprocessing preprocessing = new Preprocessing(
                model.encoder().imageHeight(),
                model.encoder().imageWidth(),
                crop ? Preprocessing.Fit.CROP : Preprocessing.Fit.STRETCH,
                recipe.get(AugmentationKeys.IMAGE_MEAN),
                recipe.get(AugmentationKeys.IMAGE_STD));
        return new CaptionerStart(model, words, preprocessing, Optional.empty(), Optional.empty(), () -> {});
    }

    private static CaptionerStart published(TrainingConfig recipe, Path folder, CaptionVocabulary words) {
        if (!Files.isDirectory(folder)) {
            throw new TrainingConfigException("\"" + CaptionerKeys.ENCODER.name() + "\" must be " + CONVOLUTIONS + ", "
                    + PATCHES + " or the folder of an image encoder, got " + folder + ", which is no folder");
        }
        PretrainedEncoder pretrained = PretrainedEncoder.open(folder);
        try {
            VisionEncoder encoder = new ProjectedEncoder(pretrained.encoder(), recipe.get(CaptionerKeys.ENCODER_WIDTH));
            TrainableCaptioner model = checked(() -> model(recipe, encoder, words.size()));
            Parameters.Builder weights = Parameters.builder();
            Parameters known = pretrained.parameters();
            known.names().forEach(name -> weights.add(frozenPart(encoder) + name, known.tensor(name)));
            return new CaptionerStart(
                    model,
                    words,
                    preprocessing(ImageProcessor.load(folder)),
                    Optional.of(folder),
                    Optional.of(weights.build()),
                    pretrained);
        } catch (RuntimeException e) {
            pretrained.close();
            throw e;
        }
    }

    private static TrainableCaptioner checked(Supplier<TrainableCaptioner> model) {
        try {
            return model.get();
        } catch (IllegalArgumentException e) {
            throw new TrainingConfigException("the recipe's captioner: " + e.getMessage(), e);
        }
    }

    private static Preprocessing preprocessing(ImageProcessor own) {
        return new Preprocessing(own.height(), own.width(), Preprocessing.Fit.STRETCH, own.mean(), own.std());
    }

    /** The place of the weights that stay as they are where the encoder does: all but those of a map behind it. */
    static String frozenPart(VisionEncoder encoder) {
        String below = encoder instanceof ProjectedEncoder ? "." + ProjectedEncoder.ENCODER : "";
        return CaptionerModel.VISION + below + ".";
    }

    /** The model with its encoder as it is. */
    TrainableCaptioner frozen() {
        VisionEncoder encoder = model.encoder() instanceof ProjectedEncoder projected
                ? new ProjectedEncoder(new FrozenEncoder(projected.encoder()), projected.width())
                : new FrozenEncoder(model.encoder());
        return model.withEncoder(encoder);
    }

    void saveDescription(Path directory) throws IOException {
        if (like.isPresent()) {
            CaptionerWriter.saveDescription(directory, model, vocabulary, like.get());
        } else {
            CaptionerWriter.saveDescription(directory, model, vocabulary, preprocessing);
        }
    }

    private static CaptionVocabulary vocabulary(TrainingConfig recipe, Stream<String> captions) {
        String name = recipe.get(CaptionerKeys.VOCABULARY);
        return name.equals(CaptionerKeys.VOCABULARY.initial())
                ? WordVocabulary.of(captions, recipe.get(CaptionerKeys.MINIMUM_COUNT))
                : CaptionVocabulary.read(Path.of(name));
    }

    private static VisionEncoder encoder(TrainingConfig recipe) {
        int pixels = recipe.get(CaptionerKeys.IMAGE_SIZE);
        int width = recipe.get(CaptionerKeys.ENCODER_WIDTH);
        return recipe.get(CaptionerKeys.ENCODER).equals(PATCHES)
                ? ViTEncoder.plain(
                        pixels,
                        recipe.get(CaptionerKeys.PATCH_SIZE),
                        width,
                        recipe.get(CaptionerKeys.ENCODER_LAYERS),
                        recipe.get(CaptionerKeys.ENCODER_HEADS))
                : new ConvEncoder(pixels, width);
    }

    private static TrainableCaptioner model(TrainingConfig recipe, VisionEncoder encoder, int words) {
        int width = recipe.get(CaptionerKeys.DECODER_WIDTH);
        int length = recipe.get(CaptionerKeys.CAPTION_LENGTH);
        String decoder = recipe.get(CaptionerKeys.DECODER);
        return decoder.equals(TRANSFORMER)
                ? CaptionerWriter.transformer(
                        encoder,
                        words,
                        length,
                        width,
                        recipe.get(CaptionerKeys.DECODER_LAYERS),
                        recipe.get(CaptionerKeys.DECODER_HEADS),
                        4 * width)
                : new ShowAttendTell(
                        encoder,
                        words,
                        length,
                        recipe.get(CaptionerKeys.EMBEDDING_WIDTH),
                        width,
                        recipe.get(CaptionerKeys.ATTENTION_WIDTH),
                        Looking.valueOf(decoder.toUpperCase(Locale.ROOT)));
    }

    @Override
    public void close() {
        vocabulary.close();
        try {
            source.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("CaptionerStart: closing failed: " + e, e);
        }
    }
}
