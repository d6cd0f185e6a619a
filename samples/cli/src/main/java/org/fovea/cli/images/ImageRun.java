package org.fovea.cli.images;

import java.util.List;
import java.util.function.Consumer;
import org.fovea.cli.terminal.StopWatch;
import org.fovea.core.backend.Backend;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Loads a task and runs it over the selected images. */
record ImageRun<R>(
        CommandSpec spec,
        ImageOptions images,
        DumpOption dump,
        List<ImageOutput> outputs,
        ImageTask.Loader<R> loader,
        Backend backend,
        StopWatch watch)
        implements ImageJob.Work<R> {
    @Override
    public void run(Selection selection, Consumer<Outcome<ImageInput, R>> results) {
        dump.check(selection);
        int most = images.batch();
        int batch = selection.total().orElse(most) < most ? 1 : most; // the same prefix for a run that is resumed
        try (ImageTask<R> task = load(batch)) {
            watch.step("read the checkpoint");
            run(task, new SelectedImages(selection.inputs(), batch, images.decoder(), outputs), outcome -> {
                results.accept(outcome.map(result -> {
                    task.write(outcome.input(), result);
                    return result;
                }));
            });
            watch.step("computed the images");
        }
    }

    private ImageTask<R> load(int batch) {
        try {
            return loader.load(backend, batch);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void run(ImageTask<R> task, SelectedImages selected, Consumer<Outcome<ImageInput, R>> written) {
        if (dump.isWanted()) {
            selected.inputs()
                    .forEach(input ->
                            written.accept(Outcome.of(input, selected::decode).map(image -> task.dump(input, image))));
        } else {
            task.run(selected, written);
        }
    }
}
