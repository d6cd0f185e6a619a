package org.fovea.captioning.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.fovea.captioning.hub.CaptionerWriter;
import org.fovea.captioning.hub.PretrainedCaptioner;
import org.fovea.captioning.model.CaptionVocabulary;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.captioning.model.WordVocabulary;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.vit.train.EncoderStart;

/**
 * The start of a run: a new captioner with random weights, perhaps on a published encoder, or a captioner that was trained here
 * before, which also brings its words.
 *
 * @param model model in the form in which it is saved
 * @param images its encoder and the initial weights
 */
record CaptionerStart(TrainableCaptioner model, CaptionVocabulary vocabulary, EncoderStart images)
        implements AutoCloseable {
    private static final String TRANSFORMER = "transformer";

    /**
     * Creates the starting point that the recipe describes.
     *
     * @param source captioner to continue from, in place of the recipe's sizes
     * @param captions training captions
     * @throws TrainingConfigException when the recipe's sizes contradict each other, or the source is not a captioner trained
     *     by Fovea
     * @throws org.fovea.core.ModelFormatException when the source, the encoder or the vocabulary's file is wrong
     */
    static CaptionerStart of(Optional<Path> source, TrainingConfig recipe, Stream<String> captions) {
        if (source.isPresent()) {
            return checkpoint(source.get());
        }
        EncoderStart images = EncoderStart.of(recipe);
        try {
            return fresh(recipe, vocabulary(recipe, captions), images);
        } catch (IllegalArgumentException e) {
            images.close();
            throw new TrainingConfigException("the recipe's captioner: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            images.close();
            throw e;
        }
    }

    private static CaptionerStart fresh(TrainingConfig recipe, CaptionVocabulary words, EncoderStart images) {
        try {
            return new CaptionerStart(model(recipe, images.encoder(), words.size()), words, images);
        } catch (RuntimeException e) {
            words.close();
            throw e;
        }
    }

    private static CaptionerStart checkpoint(Path folder) {
        PretrainedCaptioner pretrained = PretrainedCaptioner.open(folder);
        try {
            if (!CaptionerWriter.takes(pretrained.model())
                    || !(pretrained.model() instanceof TrainableCaptioner trainable)) {
                throw new TrainingConfigException(folder + ": the model to train further must be a captioner that"
                        + " was trained here, got another family's; give the folder of such a run, or none");
            }
            EncoderStart images =
                    EncoderStart.ofModel(trainable.encoder(), folder, pretrained.parameters(), pretrained);
            return new CaptionerStart(trainable, CaptionVocabulary.read(folder), images);
        } catch (RuntimeException e) {
            pretrained.close();
            throw e;
        }
    }

    /** Model as it is built for training. */
    TrainableCaptioner trained(TrainingConfig recipe) {
        return model.withEncoder(images.trained(recipe));
    }

    void saveDescription(Path directory) throws IOException {
        CaptionerWriter.saveDescription(directory, model, vocabulary, images.preprocessorConfig());
    }

    private static CaptionVocabulary vocabulary(TrainingConfig recipe, Stream<String> captions) {
        String name = recipe.get(CaptionerKeys.VOCABULARY);
        return name.equals(CaptionerKeys.VOCABULARY.initial())
                ? WordVocabulary.of(captions, recipe.get(CaptionerKeys.MINIMUM_COUNT))
                : CaptionVocabulary.read(Path.of(name));
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
        images.close();
    }
}
