package org.fovea.core.hub;

import java.util.List;
import org.fovea.core.config.ConfigFile;

/**
 * A published model family: recognizes a checkpoint's {@code config.json} and reads it. A task lists its families in a
 * {@link ModelFamilies}.
 *
 * @param <S> a task's configuration of a model and the names of its weights
 */
public interface ModelFamily<S> {
    /** The key of {@code config.json} that tells the family. */
    default String key() {
        return "model_type";
    }

    /** The values of {@link #key}; their forms where they are too many to list. */
    List<String> names();

    /** Names to find the nearest to a wrong one among. */
    default List<String> examples() {
        return names();
    }

    /** The classes of the reference that the family reads. */
    default Architectures architectures() {
        return Architectures.any();
    }

    /** Tells whether a {@code config.json} is of this family, of whatever class. */
    default boolean recognizes(ConfigFile config) {
        return config.text(key()).filter(names()::contains).isPresent();
    }

    /**
     * Reads a {@code config.json} that the family recognizes and whose class is one of {@link #architectures}; an absent key has
     * the reference's default.
     *
     * @throws org.fovea.core.ModelFormatException when a value is wrong
     */
    S read(ConfigFile config);
}
