package org.fovea.cli.caption;

import org.fovea.core.ModelFormatException;
import org.fovea.core.generate.GenerationOptions;
import picocli.CommandLine.ParameterException;

/** The search that options and checkpoint ask for together. */
record Search(SearchOptions given) {
    /**
     * Generation options of a checkpoint, changed by the given ones.
     *
     * @throws ParameterException for options that contradict each other or those of the checkpoint
     */
    GenerationOptions over(GenerationOptions checkpoint) {
        int kept = given.beams == null ? checkpoint.search().beams() : given.beams;
        boolean draws = given.sample == null ? checkpoint.sampling().enabled() : given.sample;
        needs(draws, "--sample", "--top-k", "--top-p", "--temperature", "--seed");
        needs(kept > 1, "--beams of 2 or more", "--length-penalty", "--early-stopping");
        int wanted = given.count == null ? checkpoint.sequences() : given.count;
        if (wanted > kept && (!draws || kept > 1)) {
            throw given.usage("--count must be at most --beams, or be drawn with --sample and one beam, got " + wanted
                    + " captions and " + kept + " beams");
        }
        try {
            return checkpoint.with(given.keys());
        } catch (ModelFormatException e) { // values that are wrong only in combination with the checkpoint's
            throw given.usage((e.getCause() == null ? e : e.getCause()).getMessage());
        }
    }

    private void needs(boolean has, String other, String... options) {
        for (String option : options) {
            if (!has && given.isGiven(option)) {
                throw given.usage(option + " needs " + other + ": nothing follows from it otherwise");
            }
        }
    }
}
