package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.vqa.Answer;
import org.fovea.vqa.AnswerExplanation;
import org.fovea.vqa.AnswerRequest;
import org.fovea.vqa.Answers;
import org.fovea.vqa.VisualAnswerer;
import org.fovea.vqa.metric.JudgedAnswer;
import org.fovea.vqa.metric.VqaAccuracy;

/**
 * Scores of an answerer on images with questions.
 *
 * @param accuracy accuracy against people's answers
 * @param answers answers of the model, in the order of the images and their questions
 * @param mistakes wrong answers with the highest probabilities, highest first, with attention maps
 * @param broken images that could not be read
 */
public record AnswererScores(
        VqaAccuracy accuracy, List<Given> answers, List<Mistake> mistakes, List<BrokenImage> broken) {
    /** Default number of mistakes. */
    public static final int FIGURES = 12;

    private static final int MOST_BROKEN = 20;
    private static final double WRONG = 1e-9; // accuracy below which an answer counts as wrong

    /**
     * An answer that the model gave.
     *
     * @param image name of the image
     * @param credit accuracy of the answer, from 0 to 1, see {@link VqaAccuracy#of(JudgedAnswer)}
     */
    public record Given(AnsweredImage image, AnsweredQuestion question, Answer answer, double credit) {
        /** Answer with people's answers, to be scored. */
        public JudgedAnswer judged() {
            return ListedAnswers.judged(question, answer.text());
        }
    }

    /**
     * A wrong answer.
     *
     * @param figure figure of {@link AnswerExplanation#draw()}
     */
    public record Mistake(Given given, RgbImage figure) {}

    /** Copies the lists. */
    public AnswererScores {
        answers = List.copyOf(answers);
        mistakes = List.copyOf(mistakes);
        broken = List.copyOf(broken);
    }

    /**
     * Asks every question and scores the answers.
     *
     * @param figures maximum number of mistakes to show
     * @throws DataSetException when no image can be read, or too many cannot be
     * @throws IllegalArgumentException when a question is longer than the model supports
     */
    public static AnswererScores of(VisualAnswerer answerer, List<AnsweredImage> images, int figures) {
        ImageDecoder decoder = ImageDecoder.create();
        List<Given> given = new ArrayList<>();
        List<BrokenImage> broken = new ArrayList<>();
        answerer.askAll(
                images,
                image -> image.decode(decoder),
                image -> image.questions().stream().map(AnsweredQuestion::text).toList(),
                AnswerRequest.best(),
                outcome -> take(outcome, given, broken));
        if (given.isEmpty()) {
            throw new DataSetException("there must be an image to be asked about, got none that can be read: "
                    + broken.get(0).problem());
        }
        VqaAccuracy accuracy = VqaAccuracy.of(given.stream().map(Given::judged).toList());
        List<Mistake> mistakes = given.stream()
                .filter(each -> each.credit() < WRONG)
                .sorted(Comparator.comparingDouble(each -> -each.answer().score()))
                .limit(figures)
                .map(each -> mistake(answerer, decoder, each))
                .toList();
        return new AnswererScores(accuracy, given, mistakes, broken);
    }

    private static Mistake mistake(VisualAnswerer answerer, ImageDecoder decoder, Given given) {
        AnswerExplanation why = answerer.explain(
                answerer.embed(given.image().decode(decoder)), given.question().text());
        return new Mistake(given, why.draw());
    }

    private static void take(
            Outcome<AnsweredImage, List<Answers>> outcome, List<Given> given, List<BrokenImage> broken) {
        AnsweredImage image = outcome.input();
        if (outcome instanceof Outcome.Failed<AnsweredImage, List<Answers>> failed) {
            broken.add(new BrokenImage(image.name(), failed.failure().getMessage()));
            if (broken.size() > MOST_BROKEN) {
                throw new DataSetException("at most " + MOST_BROKEN + " images may be broken, got more: "
                        + failed.failure().getMessage());
            }
            return;
        }
        for (int i = 0; i < image.questions().size(); i++) {
            AnsweredQuestion question = image.questions().get(i);
            Answer best = outcome.get().get(i).best();
            given.add(new Given(image, question, best, VqaAccuracy.of(ListedAnswers.judged(question, best.text()))));
        }
    }
}
