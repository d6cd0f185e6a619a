package org.fovea.core.weights;

import java.util.ArrayList;
import java.util.List;
import org.fovea.core.ModelFormatException;

/** Gathers everything in which a checkpoint differs from what a model expects, to say it at once. */
final class MismatchReport {
    private static final String LINE = "\n    ";

    private final Checkpoint checkpoint;
    private final List<String> missing = new ArrayList<>();
    private final List<String> unused = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    MismatchReport(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    void missing(String what) {
        missing.add(what);
    }

    void unused(String name) {
        TensorInfo info = checkpoint.info(name);
        unused.add(name + " " + info.dtype() + " " + info.shape());
    }

    void wrong(String what) {
        wrong.add(what);
    }

    void throwIfAny() {
        if (!missing.isEmpty() || !unused.isEmpty() || !wrong.isEmpty()) {
            throw new ModelFormatException(checkpoint.path() + ": the checkpoint does not fit the model."
                    + section("missing", missing)
                    + section("not used by the model", unused)
                    + section("wrong shape or type", wrong)
                    + "\nCheck that config.json and weights come from the same model, that it is of the kind that"
                    + " config.json says, and that image size and label count are those it was saved with.");
        }
    }

    private static String section(String title, List<String> items) {
        return items.isEmpty() ? "" : "\n  " + items.size() + " " + title + ":" + LINE + Listing.join(items, LINE);
    }
}
