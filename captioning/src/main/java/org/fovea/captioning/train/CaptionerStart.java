package org.fovea.captioning.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.train.AugmentationKeys;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.vit.hub.Preprocessing;
import org.fovea.vit.model.ConvEncoder;
import org.fovea.vit.model.ViTEncoder;

/**
 * The start of a run: a new captioner with random weights, or one that was trained here before, which also brings its words and
 * says how images are prepared.
 *
 * @param source closed with this
 */
record CaptionerStart(
        TrainableCaptioner model,
        WordVocabulary vocabulary,
        Preprocessing preprocessing,
        Optional<PretrainedCaptioner> source)
        implements AutoCloseable {
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TRANSFORMER = "transformer";

    /**
     * The start that the recipe asks for.
     *
     * @param source a captioner in place of the recipe's sizes
     * @param captions of the training
     * @throws TrainingConfigException when the recipe's sizes do not go together, or the source is no captioner of ours
     * @throws org.fovea.core.ModelFormatException when the source or the vocabulary's file is wrong
     */
    static CaptionerStart of(Optional<Path> source, TrainingConfig recipe, Stream<String> captions) {
        return source.isPresent() ? checkpoint(source.get(), recipe) : fresh(recipe, captions);
    }

    private static CaptionerStart checkpoint(Path folder, TrainingConfig recipe) {
        PretrainedCaptioner pretrained = PretrainedCaptioner.open(folder);
        try {
            if (!CaptionerWriter.takes(pretrained.model())
                    || !(pretrained.model() instanceof TrainableCaptioner trainable)) {
                throw new TrainingConfigException(folder + ": the model to train further must be a captioner that"
                        + " was trained here, got another family's; give the folder of such a run, or none");
            }
            ImageProcessor own = ImageProcessor.load(folder);
            return new CaptionerStart(
                    trainable,
                    WordVocabulary.read(folder.resolve(TOKENIZER)),
                    preprocessing(trainable.encoder(), recipe, own.mean(), own.std()),
                    Optional.of(pretrained));
        } catch (RuntimeException e) {
            pretrained.close();
            throw e;
        }
    }

    private static CaptionerStart fresh(TrainingConfig recipe, Stream<String> captions) {
        WordVocabulary words = vocabulary(recipe, captions);
        try {
            TrainableCaptioner model = model(recipe, encoder(recipe), words.size());
            Preprocessing preprocessing = preprocessing(
                    model.encoder(),
                    recipe,
                    recipe.get(AugmentationKeys.IMAGE_MEAN),
                    recipe.get(AugmentationKeys.IMAGE_STD));
            return new CaptionerStart(model, words, preprocessing, Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new TrainingConfigException("the recipe's captioner: " + e.getMessage(), e);
        }
    }

    private static WordVocabulary vocabulary(TrainingConfig recipe, Stream<String> captions) {
        String name = recipe.get(CaptionerKeys.VOCABULARY);
        if (name.equals(CaptionerKeys.VOCABULARY.initial())) {
            return WordVocabulary.of(captions, recipe.get(CaptionerKeys.MINIMUM_COUNT));
        }
        Path path = Path.of(name);
        return WordVocabulary.read(Files.isDirectory(path) ? path.resolve(TOKENIZER) : path);
    }

    private static VisionEncoder encoder(TrainingConfig recipe) {
        int pixels = recipe.get(CaptionerKeys.IMAGE_SIZE);
        int width = recipe.get(CaptionerKeys.ENCODER_WIDTH);
        return recipe.get(CaptionerKeys.ENCODER).equals("vit")
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

    private static Preprocessing preprocessing(
            VisionEncoder encoder, TrainingConfig recipe, List<Double> mean, List<Double> std) {
        boolean crop = recipe.get(AugmentationKeys.FIT).equals("crop");
        return new Preprocessing(
                encoder.imageHeight(),
                encoder.imageWidth(),
                crop ? Preprocessing.Fit.CROP : Preprocessing.Fit.STRETCH,
                mean,
                std);
    }

    @Override
    public void close() {
        source.ifPresent(PretrainedCaptioner::close);
    }
}
