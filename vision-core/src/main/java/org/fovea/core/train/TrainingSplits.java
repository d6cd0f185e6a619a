package org.fovea.core.train;

import java.util.List;
import org.fovea.core.data.DataSplits;
import org.fovea.core.data.Splits;

/**
 * The samples that a run trains on, and those that each epoch is scored on.
 *
 * @param <S> type of a sample
 */
public record TrainingSplits<S>(List<S> train, List<S> validation) {
    private static final String AUTO = "auto";
    private static final List<String> VALIDATION_NAMES = List.of("val", "valid", "validation");

    /**
     * Selects the parts of a data set that a recipe names. Of an undivided data set, a fraction is set aside for validation; a
     * split named {@code test} is never used unless the recipe names it.
     *
     * @param recipe recipe with the keys {@link TrainingKeys#TRAIN_SPLIT} to {@link TrainingKeys#VALIDATION_SEED}
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
