package org.fovea.vqa.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.fovea.core.data.DataSetException;
import org.fovea.core.train.TrainingConfig;
import org.fovea.core.train.TrainingConfigException;
import org.fovea.vit.train.EncoderStart;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.hub.AnswererWriter;
import org.fovea.vqa.hub.PretrainedAnswerer;
import org.fovea.vqa.model.AttentiveAnswerer;
import org.fovea.vqa.model.QuestionVocabulary;

/**
 * The start of a run: a new answerer with random weights, perhaps on a published encoder, or an answerer that was trained here
 * before, which also brings its words and answers.
 *
 * @param model model in the form in which it is saved
 * @param answers answers in the order of the model's scores
 * @param images its encoder and the initial weights
 */
record AnswererStart(AttentiveAnswerer model, AnswerVocabulary answers, Link link, Words words, EncoderStart images)
        implements AutoCloseable {
    private static final List<String> TOKENIZER = List.of("tokenizer.json", "tokenizer_config.json");

    /** The words of questions. */
    @FunctionalInterface
    interface Words {
        /** Writes the tokenizer's files into an existing directory. */
        void save(Path directory) throws IOException;
    }

    /**
     * Creates the starting point that the recipe describes.
     *
     * @param source answerer to continue from, in place of the recipe's sizes
     * @param questions training questions
     * @throws TrainingConfigException when the recipe's sizes contradict each other, or the source is not an answerer trained
     *     by Fovea
     * @throws DataSetException when no answer is frequent enough
     * @throws org.fovea.core.ModelFormatException when the files of the source or of the encoder are wrong
     */
    static AnswererStart of(Optional<Path> source, TrainingConfig recipe, List<AnsweredQuestion> questions) {
        return source.isPresent() ? checkpoint(source.get()) : fresh(recipe, questions);
    }

    private static AnswererStart fresh(TrainingConfig recipe, List<AnsweredQuestion> questions) {
        QuestionVocabulary words = QuestionVocabulary.of(
                questions.stream().map(AnsweredQuestion::text), recipe.get(AnswererKeys.MINIMUM_COUNT));
        AnswerVocabulary answers = AnswerVocabulary.of(questions.stream(), recipe.get(AnswererKeys.MINIMUM_ANSWERS));
        if (answers.answers().size() < 2) {
            throw new DataSetException("the training questions must have at least 2 different answers that "
                    + recipe.get(AnswererKeys.MINIMUM_ANSWERS) + " questions have, got " + answers.answers()
                    + "; add questions, or lower \"" + AnswererKeys.MINIMUM_ANSWERS.name() + "\"");
        }
        EncoderStart images = EncoderStart.of(recipe);
        try {
            AttentiveAnswerer model = new AttentiveAnswerer(
                    images.encoder(),
                    AnswererKeys.head(recipe),
                    words.size(),
                    recipe.get(AnswererKeys.QUESTION_LENGTH),
                    answers.answers().size(),
                    recipe.get(AnswererKeys.WIDTH));
            Link link = AnswererKeys.link(recipe, questions.stream());
            return new AnswererStart(model, answers, link, words::save, images);
        } catch (IllegalArgumentException e) {
            images.close();
            throw new TrainingConfigException("the recipe's answerer: " + e.getMessage(), e);
        }
    }

    private static AnswererStart checkpoint(Path folder) {
        PretrainedAnswerer pretrained = PretrainedAnswerer.open(folder);
        try {
            if (!(pretrained.spec().model() instanceof AttentiveAnswerer model)) {
                throw new TrainingConfigException(folder + ": the model to train further must be an answerer that"
                        + " was trained here, got another family's; give the folder of such a run, or none");
            }
            return new AnswererStart(
                    model,
                    new AnswerVocabulary(pretrained.spec().answers()),
                    pretrained.spec().link(),
                    directory -> copy(folder, directory),
                    EncoderStart.ofModel(model.encoder(), folder, pretrained.parameters(), pretrained));
        } catch (RuntimeException e) {
            pretrained.close();
            throw e;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (String file : TOKENIZER) {
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Model as it is built for training. */
    AttentiveAnswerer trained(TrainingConfig recipe) {
        return model.withEncoder(images.trained(recipe));
    }

    void saveDescription(Path directory) throws IOException {
        AnswererWriter.saveConfig(directory, model, answers.answers(), link, images.preprocessorConfig());
        words.save(directory);
    }

    @Override
    public void close() {
        images.close();
    }
}
