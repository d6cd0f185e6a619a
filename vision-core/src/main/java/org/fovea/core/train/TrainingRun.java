package org.fovea.core.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.TrainingProgram;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.data.Batch;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.metric.ClassificationScores;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;
import org.fovea.core.weights.SafetensorsWriter;

/** The loop over a compiled training program. */
final class TrainingRun {
    private static final double SPEED_MEMORY = 0.9;

    private final Trainer trainer;
    private final TrainingGraph graph;
    private final StepInputs stepInputs;
    private final TrainingProgram program;
    private final BatchSource train;
    private final BatchSource validation;
    private final int updatesPerEpoch;
    private TrainingPosition position;
    private Parameters best;
    private double imagesPerSecond;

    TrainingRun(
            Trainer trainer,
            TrainingGraph graph,
            TrainingProgram program,
            BatchSource train,
            BatchSource validation,
            TrainingPosition position) {
        this.trainer = trainer;
        this.graph = graph;
        this.stepInputs = new StepInputs(graph, trainer.recipe().settings());
        this.program = program;
        this.train = train;
        this.validation = validation;
        this.position = position;
        this.updatesPerEpoch = train.batchesPerEpoch() / settings().accumulation();
    }

    private TrainingSettings settings() {
        return trainer.recipe().settings();
    }

    TrainingResult run(Parameters bestSoFar) {
        best = bestSoFar;
        ClassificationScores last = null;
        trainer.listener().onStart(updatesPerEpoch, position);
        while (position.epoch() < settings().epochs() && !outOfPatience()) {
            last = epoch();
        }
        Parameters end = evaluatedWeights();
        return new TrainingResult(position, last != null ? last : evaluate(), best != null ? best : end, end);
    }

    private boolean outOfPatience() {
        return settings().patience() > 0
                && position.epoch() > 0
                && position.staleEpochs() >= settings().patience();
    }

    private ClassificationScores epoch() {
        long begin = System.nanoTime();
        int first = position.update() * settings().accumulation();
        try (BatchIterator batches = train.batches(position.epoch(), first)) {
            while (position.update() < updatesPerEpoch) {
                update(batches);
                if (trainer.store().due(position.step()) && position.update() < updatesPerEpoch) {
                    checkpoint();
                }
            }
        }
        ClassificationScores scores = evaluate();
        double loss = position.lossSum() / updatesPerEpoch;
        int epoch = position.epoch();
        position = position.finished(settings().metric().of(scores));
        boolean better = position.bestEpoch() == epoch;
        if (better) {
            best = evaluatedWeights();
            saveBest();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        trainer.listener().onEpoch(new TrainingListener.Epoch(epoch, position.step(), loss, scores, better, seconds));
        if (trainer.store().keeps()) {
            checkpoint();
        }
        return scores;
    }

    private void update(BatchIterator batches) {
        int count = settings().accumulation();
        double rate = trainer.recipe().schedule().rate(position.step());
        long begin = System.nanoTime();
        long waited = 0;
        double loss = 0;
        double norm = 0;
        for (int i = 0; i < count; i++) {
            long asked = System.nanoTime();
            Batch batch = full(batches.next());
            waited += System.nanoTime() - asked;
            Map<String, Tensor> inputs = stepInputs.of(batch, rate, position.step(), i);
            Map<String, Tensor> results = program.run(inputs);
            double part = results.get(TrainingGraph.LOSS).toDoubles()[0];
            norm = results.get(TrainingGraph.GRADIENT_NORM).toDoubles()[0];
            if (!Double.isFinite(part) || !Double.isFinite(norm)) {
                throw nonFinite(rate, part, norm, inputs);
            }
            loss += part / count;
        }
        position = position.stepped(loss);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double speed = (double) count * train.batchSize() / seconds;
        imagesPerSecond = imagesPerSecond == 0 ? speed : SPEED_MEMORY * imagesPerSecond + (1 - SPEED_MEMORY) * speed;
        trainer.listener()
                .onStep(new TrainingListener.Step(
                        position.step(), position.epoch(), loss, rate, norm, imagesPerSecond, waited / 1e6));
    }

    private Batch full(Batch batch) {
        if (batch.count() != train.batchSize()) {
            throw new IllegalArgumentException("Trainer: every batch of the training must have " + train.batchSize()
                    + " images, got one of " + batch.count() + "; let the source drop a last batch that is not full");
        }
        return batch;
    }

    private NonFiniteLossException nonFinite(double rate, double loss, double norm, Map<String, Tensor> inputs) {
        WeightSource now = new WeightSource() {
            @Override
            public Shape shape(String name) {
                return graph.graph().parameters().get(name).shape();
            }

            @Override
            public Tensor tensor(String name) {
                return program.parameter(name);
            }
        };
        String tensor = new NonFiniteSearch(trainer.backend(), settings().precision(), now, inputs)
                .find(() -> trainer.graph(train));
        return new NonFiniteLossException(position.step() + 1, rate, loss, norm, tensor);
    }

    private ClassificationScores evaluate() {
        Backend backend = trainer.backend();
        Graph model = trainer.model().graph(validation.batchSize(), TrainableModel.Mode.EVALUATION);
        try (Program answers =
                backend.compile(model, evaluatedWeights(), settings().precision())) {
            return Evaluator.evaluate(answers, validation);
        }
    }

    /** The model's weights as evaluation uses them, copied. */
    private Parameters evaluatedWeights() {
        Graph model = trainer.model().graph(validation.batchSize(), TrainableModel.Mode.EVALUATION);
        Map<String, Tensor> out = new LinkedHashMap<>();
        model.parameters().keySet().forEach(name -> out.put(name, program.parameter(graph.evaluated(name))));
        return Parameters.of(out);
    }

    private void checkpoint() {
        Map<String, Shape> parameters = new LinkedHashMap<>();
        graph.saved()
                .forEach(name -> parameters.put(
                        name, graph.graph().parameters().get(name).shape()));
        CheckpointStore store = trainer.store();
        DType dtype = settings().precision() == Precision.F64 ? DType.F64 : DType.F32;
        Path file = store.save(
                position.step(),
                target -> TrainingCheckpoint.write(
                        target, program, parameters, dtype, position, settings().seed(), store.recipe()));
        trainer.listener().onCheckpoint(file);
    }

    private void saveBest() {
        if (trainer.store().keeps()) {
            trainer.store().saveBest(target -> new SafetensorsWriter()
                    .metadata("format", "pt")
                    .metadata("epoch", Integer.toString(position.bestEpoch()))
                    .metadata("score", Double.toString(position.bestScore()))
                    .add(best)
                    .write(target));
        }
    }
}
