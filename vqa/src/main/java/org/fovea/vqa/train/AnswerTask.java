package org.fovea.vqa.train;

import java.util.ArrayList;
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
import org.fovea.vqa.model.AnswererModel;
import org.fovea.vqa.model.AttentiveAnswerer;

/**
 * Answering by cross-entropy over a list of answers.
 *
 * @param images of a batch
 * @param questionsEach questions of each image of a batch
 * @param start first values of weights, such as those of a trained encoder; weights that it lacks begin at random
 * @param seed of random first values
 */
public record AnswerTask(
        AttentiveAnswerer model,
        int images,
        int questionsEach,
        DropRates rates,
        AnswerEvaluation evaluation,
        Optional<Parameters> start,
        long seed)
        implements Task<AnswerBatch> {
    private static final String ANSWERS = "answers";

    /** Checks the sizes. */
    public AnswerTask {
        Check.positive("AnswerTask: images", images);
        Check.positive("AnswerTask: questions of each image", questionsEach);
    }

    private int rows() {
        return images * questionsEach;
    }

    @Override
    public Value loss() {
        Graph graph = new Graph();
        Value logits = model.train(Scope.training(graph, rates), images, questionsEach);
        graph.scope("loss");
        return Losses.crossEntropy(logits, graph.input(ANSWERS, rows(), model.answers()), 0);
    }

    @Override
    public WeightSource initialParameters() {
        return InitialParameters.of(loss().graph(), seed, start);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the batch has another number of questions
     */
    @Override
    public Map<String, Tensor> inputs(AnswerBatch batch, Step step) {
        Map<String, Tensor> inputs = inputs(batch);
        float[] targets = new float[rows() * model.answers()];
        for (int row = 0; row < rows(); row++) {
            targets[row * model.answers() + batch.answers().get(row)] = 1;
        }
        inputs.put(ANSWERS, Tensor.of(targets, rows(), model.answers()));
        return inputs;
    }

    private Map<String, Tensor> inputs(AnswerBatch batch) {
        if (batch.answers().size() != rows()) {
            throw new IllegalArgumentException("AnswerTask: every batch must have " + images + " images of "
                    + questionsEach + " questions each, got " + batch.answers().size() + " questions");
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
        graph.output(AnswererModel.LOGITS, model.train(Scope.of(graph), images, questionsEach));
        try (Program program = backend.compile(graph, weights, precision)) {
            return evaluation.score(batches -> {
                List<Integer> said = new ArrayList<>();
                batches.forEach(batch ->
                        said.addAll(likeliest(program.run(inputs(batch)).get(AnswererModel.LOGITS))));
                return said;
            });
        }
    }

    private List<Integer> likeliest(Tensor logits) {
        float[] all = logits.toFloats();
        return IntStream.range(0, rows())
                .mapToObj(row -> Likeliest.of(all, row * model.answers(), model.answers()))
                .toList();
    }
}
