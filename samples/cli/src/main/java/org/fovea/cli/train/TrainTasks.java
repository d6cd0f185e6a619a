package org.fovea.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.fovea.cli.train.ask.AskTrainTask;
import org.fovea.cli.train.caption.CaptionTrainTask;
import org.fovea.cli.train.classify.ClassifyTask;
import org.fovea.cli.train.segment.SegmentTrainTask;
import org.fovea.cli.train.task.TrainTask;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** The tasks of {@code --task}. */
final class TrainTasks {
    /** All tasks. The first is the default, and reads models that no other task reads. */
    static final List<TrainTask<?>> ALL =
            List.of(new ClassifyTask(), new CaptionTrainTask(), new SegmentTrainTask(), new AskTrainTask());

    private TrainTasks() {}

    /** Names of the tasks. */
    static List<String> names() {
        return ALL.stream().<String>map(TrainTask::name).toList();
    }

    /** Default task. */
    static TrainTask<?> usual() {
        return ALL.get(0);
    }

    /**
     * A task by its name.
     *
     * @throws IllegalArgumentException when there is none
     */
    static TrainTask<?> of(String name) {
        return ALL.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("--task must be one of " + names() + ", got '" + name + "'"));
    }

    /** Task of a model's directory. */
    static TrainTask<?> of(Path model) {
        for (TrainTask<?> task : ALL) {
            if (task != usual() && task.reads(model)) {
                return task;
            }
        }
        return usual();
    }

    /** Adds to the help of a command the forms of its data. */
    static final class DataHelp implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec spec) {
            List<String> lines = new ArrayList<>(List.of(spec.usageMessage().description()));
            lines.addAll(List.of("", "Forms of --data:"));
            ALL.forEach(
                    task -> lines.add("  " + task.name() + ": " + task.data().replace("%", "%%")));
            spec.usageMessage().description(lines.toArray(String[]::new));
            return spec;
        }
    }

    /** The names, for the help and for completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }
}
