package org.fovea.server.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.fovea.core.config.Nearest;
import org.fovea.server.queue.WorkQueue;
import org.fovea.server.request.ApiException;
import org.fovea.server.request.Shown;
import org.fovea.server.task.Engine;
import org.fovea.server.task.Task;
import org.fovea.server.task.Tasks;

/** The models of a server, loaded in the background in their order. Thread-safe. */
public final class Models implements AutoCloseable {
    private static final int LOADERS = 2;

    private final Tasks tasks;
    private final List<ServedModel> all;
    private final ExecutorService loaders;
    private final CompletableFuture<Void> loaded;
    private volatile boolean closing;

    private Models(Tasks tasks, List<ServedModel> all, Supplier<Engine> engine) {
        this.tasks = tasks;
        this.all = List.copyOf(all);
        this.loaders = Executors.newFixedThreadPool(LOADERS, task -> {
            Thread thread = new Thread(task, "load");
            thread.setDaemon(true);
            return thread;
        });
        this.loaded = CompletableFuture.allOf(all.stream()
                .map(model -> CompletableFuture.runAsync(() -> model.load(tasks, engine), loaders))
                .toArray(CompletableFuture[]::new));
        this.loaded.thenRunAsync(() -> all.forEach(this::warm), loaders);
    }

    private void warm(ServedModel model) {
        if (!closing) {
            model.warm();
        }
    }

    /**
     * Starts to load models.
     *
     * @param engine supplies the engine, on the threads that load
     * @param queues makes the queue of each model
     * @throws IllegalArgumentException when two models have the same name
     */
    public static Models load(
            List<ModelSource> sources, Tasks tasks, Supplier<Engine> engine, Function<String, WorkQueue> queues) {
        List<String> names = sources.stream().map(ModelSource::name).toList();
        names.forEach(name -> {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalArgumentException("Models: each must have a name of its own, got " + name + " twice");
            }
        });
        List<ServedModel> all = new ArrayList<>();
        sources.forEach(source -> all.add(new ServedModel(source, queues.apply(source.name()))));
        return new Models(tasks, all, engine);
    }

    /** All models, in the order in which they were given. */
    public List<ServedModel> all() {
        return all;
    }

    /** All tasks of the server. */
    public Tasks tasks() {
        return tasks;
    }

    /** Future that completes once each model is ready or has failed. */
    public CompletableFuture<Void> loaded() {
        return loaded;
    }

    /** Returns whether each model is ready or has failed, and at least one is ready. */
    public boolean isReady() {
        return loaded.isDone() && all.stream().anyMatch(model -> model.state() == ModelState.READY);
    }

    /**
     * Model with the given name.
     *
     * @throws ApiException when there is no such model
     */
    public ServedModel named(String name) {
        return all.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = all.stream().map(ServedModel::name).toList();
                    return ApiException.notFound("there is no model \"" + Shown.of(name) + "\" here"
                            + (names.isEmpty()
                                    ? ""
                                    : ", did you mean \"" + Nearest.of(Shown.of(name), names) + "\"? There are "
                                            + String.join(", ", names)));
                });
    }

    /**
     * Model that answers a request.
     *
     * @param name name of the model; empty for the task's default
     * @throws ApiException when there is no model of that name or task
     */
    public ServedModel of(Task task, Optional<String> name) {
        if (name.isPresent()) {
            ServedModel model = named(name.get());
            if (model.task().isPresent() && !model.task().get().equals(task)) {
                throw ApiException.badRequest("the model " + model.name() + " is of the task "
                        + model.task().get().name() + ", got a request to " + task.name());
            }
            return model;
        }
        return usual(task)
                .orElseThrow(() -> loaded.isDone()
                        ? ApiException.notFound(
                                "no model here can " + task.name() + "; GET /v1/models lists those there are")
                        : ApiException.unavailable("the models are still loading; try again", 1));
    }

    /** Default model of a task: the first one that has not failed. */
    public Optional<ServedModel> usual(Task task) {
        return all.stream()
                .filter(model -> model.task().filter(task::equals).isPresent())
                .filter(model -> model.state() != ModelState.FAILED)
                .findFirst();
    }

    /** Waits until loading ends, finishes waiting requests and frees native memory. */
    @Override
    public void close() {
        closing = true;
        loaded.handle((nothing, failure) -> null).join();
        loaders.shutdown();
        try {
            while (!loaders.awaitTermination(1, TimeUnit.HOURS)) {
                continue;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(ServedModel::close);
    }
}
