package org.fovea.server.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that a server offers.
 *
 * @param all tasks in the order in which they are asked whether they can read a checkpoint
 */
public record Tasks(List<Task> all) {
    /** Copies the list. */
    public Tasks {
        all = List.copyOf(all);
    }

    /** Task that can read a checkpoint. */
    public Optional<Task> of(Path directory) {
        return all.stream().filter(task -> task.catalog(directory).isPresent()).findFirst();
    }
}
