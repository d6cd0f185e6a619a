package org.fovea.core.hub;

import java.util.List;
import org.fovea.core.config.ConfigFile;

/**
 * A published model family: recognizes a checkpoint's {@code config.json} and reads it. A task lists its families in a
 * {@link ModelFamilies}.
 *
 * @param <S> type of the task's specification: a model's configuration and the names of its weights
 */
public interface ModelFamily<S> {
    /** Key of {@code config.json} that identifies the family. */
    default String key() {
        return "model_type";
    }

    /** Values of {@link #key}, or patterns if there are too many to list. */
    List<String> names();

    /** Valid names, among which the closest to a wrong one is searched. */
    default List<String> examples() {
        return names();
    }

    /** Classes of the reference that the family reads. */
    default Architectures architectures() {
        return Architectures.any();
    }

    /** Returns whether a {@code config.json} belongs to this family, of any class. */
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
