package org.fovea.server.task;

import java.util.List;
import java.util.Optional;
import org.fovea.core.config.ConfigFile;

/**
 * Tasks that a server offers.
 *
 * @param all in the order in which checkpoints are offered to them
 */
public record Tasks(List<Task> all) {
    /** Copies the list. */
    public Tasks {
        all = List.copyOf(all);
    }

    /** The task of a checkpoint. */
    public Optional<Task> of(ConfigFile config) {
        return all.stream().filter(task -> task.recognizes(config)).findFirst();
    }
}
