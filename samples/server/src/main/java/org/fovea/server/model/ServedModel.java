package org.fovea.server.model;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.fovea.core.FoveaException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.hub.CheckpointDirectory;
import org.fovea.core.hub.ModelDescription;
import org.fovea.server.queue.WorkQueue;
import org.fovea.server.request.ApiException;
import org.fovea.server.task.Engine;
import org.fovea.server.task.Task;
import org.fovea.server.task.TaskModel;
import org.fovea.server.task.Tasks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model that is loading, ready or failed. Thread-safe. */
public final class ServedModel implements AutoCloseable {
    private static final int RETRY_SECONDS = 1;
    private static final double NANOS = 1e9;

    private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

    private final ModelSource source;
    private final WorkQueue queue;
    private volatile Task task;
    private volatile TaskModel model;
    private ModelDescription description;
    private volatile String reason;
    private volatile double loadSeconds;

    /** Creates a model that is not loaded yet. */
    ServedModel(ModelSource source, WorkQueue queue) {
        this.source = source;
        this.queue = queue;
    }

    /** Loads the model, or stores the reason for the failure. */
    void load(Tasks tasks, Supplier<Engine> engine) {
        long begin = System.nanoTime();
        try {
            Path directory = source.directory().get();
            try {
                open(directory, tasks, engine);
            } catch (FoveaException | IllegalArgumentException e) {
                reason = e.getMessage().replace(directory + "/", ""); // clients need not know the path
            }
        } catch (RuntimeException | Error e) {
            reason = "loading failed: " + e;
        } finally {
            loadSeconds = (System.nanoTime() - begin) / NANOS;
        }
    }

    private void open(Path directory, Tasks tasks, Supplier<Engine> engine) {
        ConfigFile config = CheckpointDirectory.config(directory);
        Task found = tasks.of(directory)
                .orElseThrow(() -> new IllegalArgumentException(
                        "config.json must be of a model that classifies, captions, segments or answers, got model_type "
                                + config.text("model_type").orElse("none") + " and architecture "
                                + config.text("architecture").orElse("none")));
        task = found;
        model = found.load(directory, engine.get());
    }

    /** Makes its description and its usual programs where it is ready; a failure is left to the requests. */
    void warm() {
        TaskModel loaded = model;
        if (loaded != null) {
            description();
            try {
                loaded.warm();
            } catch (RuntimeException e) {
                LOG.debug("Warming {} failed", name(), e);
            }
        }
    }

    /** Name of the model in requests. */
    public String name() {
        return source.name();
    }

    /** Returns whether the model comes with the library. */
    public boolean isShipped() {
        return source.shipped();
    }

    /** State of the model. */
    public ModelState state() {
        if (model != null) {
            return ModelState.READY;
        }
        return reason == null ? ModelState.LOADING : ModelState.FAILED;
    }

    /** Task of the model; empty as long as it is unknown, and for a folder without a task. */
    public Optional<Task> task() {
        return Optional.ofNullable(task);
    }

    /** Its description of itself once it is ready, made when it is first asked for; empty where its files are gone since. */
    public synchronized Optional<ModelDescription> description() {
        if (description == null && model != null) {
            try {
                description = task.describe(source.directory().get());
            } catch (FoveaException | IllegalArgumentException e) {
                LOG.debug("Describing {} failed", name(), e);
            }
        }
        return Optional.ofNullable(description);
    }

    /** The reason of the failure. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Seconds that loading took; 0 while it runs. */
    public double loadSeconds() {
        return loadSeconds;
    }

    /** Queue of the model's work. */
    public WorkQueue queue() {
        return queue;
    }

    /**
     * The loaded model.
     *
     * @throws ApiException while the model is loading, and when loading failed
     */
    public TaskModel ready() {
        TaskModel loaded = model;
        if (loaded != null) {
            return loaded;
        }
        String failure = reason;
        throw failure == null
                ? ApiException.unavailable("the model " + name() + " is still loading; try again", RETRY_SECONDS)
                : ApiException.unanswerable("the model " + name() + " could not be loaded: " + failure);
    }

    /** Finishes waiting requests and frees native memory. */
    @Override
    public void close() {
        queue.close();
        TaskModel loaded = model;
        if (loaded != null) {
            loaded.close();
        }
    }
}
