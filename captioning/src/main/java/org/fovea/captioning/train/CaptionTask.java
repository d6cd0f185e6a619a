package org.fovea.captioning.train;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.fovea.captioning.model.CaptionVocabulary;
import org.fovea.captioning.model.CaptionerModel;
import org.fovea.captioning.model.ShowAttendTell;
import org.fovea.captioning.model.ShowAttendTell.Looking;
import org.fovea.captioning.model.TrainableCaptioner;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.generate.GenerationOptions;
import org.fovea.core.graph.Value;
import org.fovea.core.metric.Metrics;
import org.fovea.core.nn.DropRates;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.train.Task;
import org.fovea.core.weights.Parameters;

/**
 * Captioning by teacher forcing: each word from the picture and the given words before it.
 *
 * @param images pictures in a batch
 * @param captionsEach captions of each picture in a batch
 * @param start initial weights, such as those of a trained encoder; weights not among them are initialized randomly
 * @param seed seed of random initial weights, attention positions and words
 */
public record CaptionTask(
        TrainableCaptioner model,
        CaptionVocabulary vocabulary,
        int images,
        int captionsEach,
        DropRates rates,
        CaptionObjective objective,
        CaptionEvaluation evaluation,
        Optional<Parameters> start,
        long seed)
        implements Task<CaptionBatch> {
    @Override
    public Value loss() {
        return CaptionLoss.likelihood(this);
    }

    /** Returns whether the decoder uses hard attention, which samples one position at a time. */
    boolean isHard() {
        return model instanceof ShowAttendTell decoder && decoder.looking() == Looking.HARD;
    }

    /** Number of captions in a batch. */
    int rows() {
        return images * captionsEach;
    }

    /** Number of words of a caption, T. */
    int length() {
        return model.positions();
    }

    @Override
    public WeightSource initialParameters() {
        return InitialParameters.of(loss().graph(), seed, start);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the batch has another number of captions
     */
    @Override
    public Map<String, Tensor> inputs(CaptionBatch batch, Step step) {
        check(batch);
        int[][] captions = batch.captions().stream()
                .map(text -> vocabulary.encode(text, length()))
                .toArray(int[][]::new);
        float[] weights = new float[rows()];
        Arrays.fill(weights, 1);
        Map<String, Tensor> inputs = inputs(captions, weights, step.number());
        inputs.put(CaptionerModel.PIXELS, batch.pixels());
        return inputs;
    }

    /** Checks the number of captions. */
    void check(CaptionBatch batch) {
        if (batch.captions().size() != rows()) {
            throw new IllegalArgumentException("CaptionTask: every batch must have " + images + " pictures of "
                    + captionsEach + " captions each, got " + batch.captions().size() + " captions");
        }
    }

    /** Values of all inputs except the pictures, for captions {@code [rows][T]} and the weight of each in the loss. */
    Map<String, Tensor> inputs(int[][] captions, float[] weights, long step) {
        CaptionInputs all = new CaptionInputs(this);
        Map<String, Tensor> inputs = all.words(captions, weights);
        inputs.putAll(all.chance(step));
        return inputs;
    }

    @Override
    public Metrics evaluate(Parameters weights, Backend backend, Precision precision) {
        return score(evaluation, GenerationOptions.defaults(), weights, backend, precision);
    }

    /**
     * Scores weights by another evaluation.
     *
     * @param search generation options of the captions
     */
    public Metrics score(
            CaptionEvaluation other,
            GenerationOptions search,
            Parameters weights,
            Backend backend,
            Precision precision) {
        try (SearchWriter writer = new SearchWriter(model, vocabulary, images, search, backend, weights, precision)) {
            return other.score(writer);
        }
    }
}
