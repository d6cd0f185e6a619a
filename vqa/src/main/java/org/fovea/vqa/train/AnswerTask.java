package org.fovea.vqa.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.Check;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Likeliest;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.nn.Scope;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Losses;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;
import org.fovea.vqa.hub.AnswererSpec.Link;
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.AttentiveAnswerer;

/**
 * Answering from a list by cross-entropy: over the list where one answer is right, of each answer for itself where several may be.
 *
 * @param size size of every batch
 * @param link {@link Link#SOFTMAX} over all answers, or {@link Link#SIGMOID} of each answer
 * @param gazeWeight weight of {@link GazeLoss}, 0 for none; above 0, batches must have the positions that words name
 * @param start initial weights, such as those of a trained encoder; weights not among them are initialized randomly
 * @param seed seed of random initial values
 */
public record AnswerTask(
        AttentiveAnswerer model,
        AnswerSize size,
        Link link,
        DropRates rates,
        double gazeWeight,
        AnswerEvaluation evaluation,
        Optional<Parameters> start,
        long seed)
        implements Task<AnswerBatch> {
    private static final String ANSWERS = "answers";

    /** Checks the sizes. */
    public AnswerTask {
        Check.that(
                size.words() <= model.positions(),
                "AnswerTask: words of a question",
                "be at most the model's positions, " + model.positions(),
                size.words());
        Check.that(
                gazeWeight >= 0 && Double.isFinite(gazeWeight),
                "AnswerTask: gazeWeight",
                "be finite and not negative",
                gazeWeight);
    }

    /** Creates a task without supervision of the attention. */
    public AnswerTask(
            AttentiveAnswerer model,
            AnswerSize size,
            Link link,
            DropRates rates,
            AnswerEvaluation evaluation,
            Optional<Parameters> start,
            long seed) {
        this(model, size, link, rates, 0, evaluation, start, seed);
    }

    @Override
    public Value loss() {
        Graph graph = new Graph();
        AttentiveAnswerer.Trained read = trained(Scope.training(graph, rates));
        graph.scope("loss");
        Value targets = graph.input(ANSWERS, size.rows(), model.answers());
        Value wrong = link == Link.SOFTMAX
                ? Losses.crossEntropy(read.scores(), targets, 0)
                : Losses.binaryCrossEntropy(read.scores(), targets).affine(model.answers(), 0); // summed over answers
        return gazeWeight == 0
                ? wrong
                : wrong.add(gaze().build(graph, read.attention().get()).affine(gazeWeight, 0));
    }

    private AttentiveAnswerer.Trained trained(Scope top) {
        return model.train(top, size.images(), size.each(), size.words());
    }

    private GazeLoss gaze() {
        return new GazeLoss(
                size.rows(),
                size.words(),
                model.grid(model.imageHeight(), model.imageWidth()).places());
    }

    @Override
    public WeightSource initialParameters() {
        Map<String, Tensor> first = new HashMap<>(model.firstValues(seed));
        start.ifPresent(learned -> learned.names().forEach(name -> first.put(name, learned.tensor(name))));
        return InitialParameters.of(loss().graph(), seed, Optional.of(Parameters.of(first)));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the batch has another number of questions
     */
    @Override
    public Map<String, Tensor> inputs(AnswerBatch batch, Step step) {
        Map<String, Tensor> inputs = inputs(batch);
        float[] targets = new float[size.rows() * model.answers()];
        for (int row = 0; row < size.rows(); row++) {
            int at = row * model.answers();
            batch.targets().get(row).shares().forEach((answer, share) -> targets[at + answer] = share.floatValue());
        }
        inputs.put(ANSWERS, Tensor.of(targets, size.rows(), model.answers()));
        if (gazeWeight > 0) {
            inputs.putAll(GazeLoss.inputs(batch.named()
                    .orElseThrow(() -> new IllegalArgumentException("AnswerTask: gazeWeight is " + gazeWeight
                            + ", so batches must tell which places the words name, got one that does not"))));
        }
        return inputs;
    }

    private Map<String, Tensor> inputs(AnswerBatch batch) {
        if (batch.targets().size() != size.rows()) {
            throw new IllegalArgumentException("AnswerTask: every batch must have " + size.images() + " images of "
                    + size.each() + " questions each, got " + batch.targets().size() + " questions");
        }
        Map<String, Tensor> inputs = new HashMap<>();
        if (model.inputs().contains(AnswererModel.IMAGE)) {
            inputs.put(AnswererModel.PIXELS, batch.pixels());
        }
        if (model.inputs().contains(AnswererModel.QUESTION)) {
            inputs.put(AnswererModel.QUESTION, batch.questions());
            inputs.put(AnswererModel.QUESTION_MASK, batch.mask());
        }
        return inputs;
    }

    @Override
    public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        Graph graph = new Graph();
        graph.output(AnswererModel.LOGITS, trained(Scope.of(graph)).scores());
        try (Program program = backend.compile(graph, weights, precision)) {
            return evaluation.score(batch -> likeliest(
                    program.run(inputs(filled(batch))).get(AnswererModel.LOGITS),
                    batch.targets().size()));
        }
    }

    /** Copy of the batch, filled with images of zeros and empty questions to the size of a training batch. */
    private AnswerBatch filled(AnswerBatch batch) {
        if (batch.targets().size() == size.rows()) {
            return batch;
        }
        List<AnswerTarget> targets = new ArrayList<>(batch.targets());
        targets.addAll(Collections.nCopies(size.rows() - targets.size(), new AnswerTarget(Map.of())));
        return new AnswerBatch(
                Tensor.stack(List.of(batch.pixels()), size.images()),
                Tensor.stack(List.of(batch.questions()), size.rows()),
                Tensor.stack(List.of(batch.mask()), size.rows()),
                targets);
    }

    private List<Integer> likeliest(Tensor logits, int rows) {
        float[] all = logits.toFloats();
        return IntStream.range(0, rows)
                .mapToObj(row -> Likeliest.of(all, row * model.answers(), model.answers()))
                .toList();
    }
}
