package org.fovea.core.train;

import java.util.List;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.Splits;

/**
 * The samples that a run trains on, and those that each epoch is scored on.
 *
 * @param <S> one sample
 */
public record TrainingSplits<S>(List<S> train, List<S> validation) {
    private static final String AUTO = "auto";
    private static final List<String> VALIDATION_NAMES = List.of("val", "valid", "validation");

    /**
     * Takes the parts of a data set that a recipe names. An undivided data set is trained on as a whole but for a share set aside;
     * the split {@code test} is never taken by itself.
     *
     * @param recipe with the keys {@link TrainingKeys#TRAIN_SPLIT} to {@link TrainingKeys#VALIDATION_SEED}
     * @throws org.fovea.core.data.DataSetException when there is no such part
     */
    public static <S> TrainingSplits<S> of(Splits<S> data, TrainingConfig recipe) {
        String named = recipe.get(TrainingKeys.TRAIN_SPLIT);
        String train = data.isUndivided() && named.equals(DataSplits.TRAIN) ? DataSplits.UNDIVIDED : named;
        String validation = recipe.get(TrainingKeys.VALIDATION_SPLIT);
        if (validation.equals(AUTO)) {
            validation = VALIDATION_NAMES.stream()
                    .filter(data.names()::contains)
                    .findFirst()
                    .orElse(AUTO);
        }
        if (!validation.equals(AUTO)) {
            return new TrainingSplits<>(data.get(train), data.get(validation));
        }
        List<List<S>> parts =
                data.divide(train, recipe.get(TrainingKeys.VALIDATION_SHARE), recipe.get(TrainingKeys.VALIDATION_SEED));
        return new TrainingSplits<>(parts.get(0), parts.get(1));
    }
}
