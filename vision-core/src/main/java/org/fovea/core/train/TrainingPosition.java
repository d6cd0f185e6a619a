package org.fovea.core.train;

/**
 * Progress of a run.
 *
 * @param step updates made
 * @param epoch the epoch under way, from 0
 * @param update updates made in this epoch
 * @param lossSum of the updates of this epoch
 * @param bestEpoch the best one finished, -1 for none
 * @param bestScore its score, higher being better
 */
public record TrainingPosition(long step, int epoch, int update, double lossSum, int bestEpoch, double bestScore) {
    /** The beginning. */
    public static final TrainingPosition START = new TrainingPosition(0, 0, 0, 0, -1, Double.NEGATIVE_INFINITY);

    TrainingPosition stepped(double loss) {
        return new TrainingPosition(step + 1, epoch, update + 1, lossSum + loss, bestEpoch, bestScore);
    }

    /** The epoch is over, with this score. */
    TrainingPosition finished(double score) {
        boolean better = score > bestScore;
        return new TrainingPosition(step, epoch + 1, 0, 0, better ? epoch : bestEpoch, better ? score : bestScore);
    }

    /** Epochs finished since the best one. */
    int staleEpochs() {
        return epoch - 1 - bestEpoch;
    }
}
