package org.fovea.core.train;

/**
 * Progress of a run.
 *
 * @param step number of updates made
 * @param epoch current epoch, from 0
 * @param update number of updates made in this epoch
 * @param lossSum sum of the losses of this epoch's updates
 * @param bestEpoch best finished epoch, -1 for none
 * @param bestScore score of the best epoch; higher is better
 */
public record TrainingPosition(long step, int epoch, int update, double lossSum, int bestEpoch, double bestScore) {
    /** Position at the beginning. */
    public static final TrainingPosition START = new TrainingPosition(0, 0, 0, 0, -1, Double.NEGATIVE_INFINITY);

    TrainingPosition stepped(double loss) {
        return new TrainingPosition(step + 1, epoch, update + 1, lossSum + loss, bestEpoch, bestScore);
    }

    /** Position after the epoch has ended with a score. */
    TrainingPosition finished(double score) {
        boolean better = score > bestScore;
        return new TrainingPosition(step, epoch + 1, 0, 0, better ? epoch : bestEpoch, better ? score : bestScore);
    }

    /** Number of epochs finished since the best one. */
    int staleEpochs() {
        return epoch - 1 - bestEpoch;
    }
}
