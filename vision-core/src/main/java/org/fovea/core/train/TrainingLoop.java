package org.fovea.core.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.BatchSource;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.Parameters;

/** The loop over compiled steps. */
final class TrainingLoop<B> {
    private static final double SPEED_MEMORY = 0.9;

    private final Trainer<B> trainer;
    private final TrainingPlan plan;
    private final GraphTrainer steps;
    private final BatchSource<B> train;
    private final int updatesPerEpoch;
    private TrainingPosition position;
    private Optional<Parameters> best;
    private double samplesPerSecond;

    TrainingLoop(
            Trainer<B> trainer,
            GraphTrainer steps,
            BatchSource<B> train,
            TrainingPosition position,
            Optional<Parameters> best) {
        this.trainer = trainer;
        this.plan = trainer.plan();
        this.steps = steps;
        this.train = train;
        this.position = position;
        this.best = best;
        this.updatesPerEpoch = train.batchesPerEpoch() / plan.accumulation();
    }

    TrainingResult run() {
        Metrics last = null;
        trainer.listener().onStart(updatesPerEpoch, position);
        while (position.epoch() < plan.epochs() && !outOfPatience()) {
            last = epoch();
        }
        Parameters end = steps.parameters();
        return new TrainingResult(position, last != null ? last : evaluate(end), best.orElse(end), end);
    }

    private boolean outOfPatience() {
        return plan.patience() > 0 && position.epoch() > 0 && position.staleEpochs() >= plan.patience();
    }

    private Metrics evaluate(Parameters weights) {
        return trainer.task().evaluate(weights, trainer.backend(), plan.precision());
    }

    private Metrics epoch() {
        long begin = System.nanoTime();
        int first = position.update() * plan.accumulation();
        try (BatchIterator<B> batches = train.batches(position.epoch(), first)) {
            while (position.update() < updatesPerEpoch) {
                update(batches);
                if (trainer.checkpoints().due(position.step()) && position.update() < updatesPerEpoch) {
                    checkpoint();
                }
            }
        }
        Parameters weights = steps.parameters();
        Metrics metrics = evaluate(weights);
        double loss = position.lossSum() / updatesPerEpoch;
        int epoch = position.epoch();
        position = position.finished(metrics.best().map(Metric::score).orElse((double) epoch));
        boolean better = position.bestEpoch() == epoch;
        if (better) {
            best = Optional.of(weights);
            trainer.checkpoints().saveBest(weights, position);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        trainer.listener().onEpoch(new TrainingListener.Epoch(epoch, position.step(), loss, metrics, better, seconds));
        if (trainer.checkpoints().keeps()) {
            checkpoint();
        }
        return metrics;
    }

    private void update(BatchIterator<B> batches) {
        int count = plan.accumulation();
        Task.Step moment = new Task.Step(position.step(), position.epoch(), steps.weights());
        double rate = plan.schedule().rate(position.step());
        long begin = System.nanoTime();
        long waited = 0;
        double loss = 0;
        double norm = 0;
        for (int i = 0; i < count; i++) {
            long asked = System.nanoTime();
            B batch = batches.next();
            waited += System.nanoTime() - asked;
            Map<String, Tensor> outputs = steps.results(trainer.task().inputs(batch, moment));
            trainer.task().onOutputs(batch, outputs);
            loss += outputs.get(TrainingGraph.LOSS).toDoubles()[0] / count;
            norm = outputs.get(TrainingGraph.GRADIENT_NORM).toDoubles()[0];
        }
        position = position.stepped(loss);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double speed = (double) count * train.batchSize() / seconds;
        samplesPerSecond = samplesPerSecond == 0 ? speed : SPEED_MEMORY * samplesPerSecond + (1 - SPEED_MEMORY) * speed;
        trainer.listener()
                .onStep(new TrainingListener.Step(
                        position.step(), position.epoch(), loss, rate, norm, samplesPerSecond, waited / 1e6));
    }

    private void checkpoint() {
        Path file = trainer.checkpoints().save(steps, position, plan.seed());
        trainer.listener().onCheckpoint(file);
    }
}
