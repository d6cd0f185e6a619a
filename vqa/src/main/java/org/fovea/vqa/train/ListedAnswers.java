package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.fovea.core.data.BrokenImage;
import org.fovea.core.data.DataSetException;
import org.fovea.core.data.OrderedPipeline;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.text.Tokenizer;
import org.fovea.vqa.metric.JudgedAnswer;
import org.fovea.vqa.metric.VqaAccuracy;

/**
 * Answers to all questions about some images against those that people gave: {@link VqaAccuracy} of all and of each type of answer.
 * Images that cannot be read are left out.
 */
public final class ListedAnswers implements AnswerEvaluation {
    private static final String ACCURACY = "accuracy";

    private final List<AnsweredImage> parts;
    private final AnswerSize size;
    private final ImageProcessor processor;
    private final Tokenizer tokenizer;
    private final List<String> answers;
    private final ImageDecoder decoder = ImageDecoder.create();
    private final Map<String, BrokenImage> broken = new LinkedHashMap<>();

    /**
     * Creates an evaluation.
     *
     * @param size size of a training batch
     * @param processor preprocessing of the images
     * @param tokenizer tokenizer of a {@link org.fovea.vqa.model.QuestionVocabulary}
     * @param answers answers in the order of the model's scores
     */
    public ListedAnswers(
            List<AnsweredImage> images,
            AnswerSize size,
            ImageProcessor processor,
            Tokenizer tokenizer,
            List<String> answers) {
        this.parts = images.stream()
                .flatMap(image -> image.inParts(size.each()).stream())
                .toList();
        this.size = size;
        this.processor = processor;
        this.tokenizer = tokenizer;
        this.answers = List.copyOf(answers);
    }

    /** An image with some of its questions. */
    private record Prepared(AnsweredImage part, Tensor pixels) {}

    @Override
    public Metrics score(Answers answerer) {
        List<JudgedAnswer> judged = new ArrayList<>();
        try (OrderedPipeline<AnsweredImage, Prepared> pipeline = OrderedPipeline.start(
                parts, size.images(), part -> new Prepared(part, processor.prepare(part.decode(decoder))))) {
            pipeline.<List<JudgedAnswer>>run(batch -> answered(batch, answerer), outcome -> add(judged, outcome));
        }
        if (judged.isEmpty()) {
            throw new DataSetException(
                    "validation: there must be an image to be asked about, got none that can be read: "
                            + broken.values().iterator().next().problem());
        }
        return metrics(judged);
    }

    private void add(List<JudgedAnswer> judged, Outcome<AnsweredImage, List<JudgedAnswer>> outcome) {
        if (outcome instanceof Outcome.Failed<AnsweredImage, List<JudgedAnswer>> failed) {
            String name = failed.input().name();
            broken.put(name, new BrokenImage(name, failed.failure().getMessage()));
        } else {
            judged.addAll(outcome.get());
        }
    }

    /** Answers to the questions of each image; questions that only fill an image's rows are dropped. */
    private List<List<JudgedAnswer>> answered(List<Prepared> batch, Answers answerer) {
        List<String> texts = batch.stream()
                .flatMap(image -> filled(image.part().questions()).stream())
                .toList();
        QuestionRows rows = QuestionRows.of(tokenizer, size.words(), texts);
        Tensor pixels = Tensor.stack(batch.stream().map(Prepared::pixels).toList(), batch.size());
        List<Integer> said = answerer.of(new AnswerBatch(
                pixels,
                rows.ids(),
                rows.mask(),
                texts.stream().map(text -> new AnswerTarget(Map.of())).toList()));
        List<List<JudgedAnswer>> out = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            int first = i * size.each();
            List<AnsweredQuestion> questions = batch.get(i).part().questions();
            out.add(IntStream.range(0, questions.size())
                    .mapToObj(q -> judged(questions.get(q), answers.get(said.get(first + q))))
                    .toList());
        }
        return out;
    }

    private List<String> filled(List<AnsweredQuestion> questions) {
        return IntStream.range(0, size.each())
                .mapToObj(i -> questions.get(i % questions.size()).text())
                .toList();
    }

    /** Answer with people's answers, to be scored. */
    static JudgedAnswer judged(AnsweredQuestion question, String predicted) {
        return new JudgedAnswer(question.answers(), question.answerType(), question.questionType(), predicted);
    }

    private static Metrics metrics(List<JudgedAnswer> judged) {
        List<Metric> all = new ArrayList<>();
        all.add(Metric.higher(ACCURACY, VqaAccuracy.mean(judged)));
        Map<String, List<JudgedAnswer>> types = new TreeMap<>();
        judged.forEach(each -> types.computeIfAbsent(each.answerType(), type -> new ArrayList<>())
                .add(each));
        types.remove("");
        types.forEach((type, some) -> all.add(Metric.higher(ACCURACY + "_" + type, VqaAccuracy.mean(some))));
        return new Metrics(all, ACCURACY);
    }

    /** Images that could not be read, known after the first evaluation. */
    public List<BrokenImage> broken() {
        return List.copyOf(broken.values());
    }
}
