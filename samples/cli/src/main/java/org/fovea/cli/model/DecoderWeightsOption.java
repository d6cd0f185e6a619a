package org.fovea.cli.model;

import org.fovea.core.generate.DecoderWeights;
import picocli.CommandLine.Option;

/** The option of commands whose model writes text. */
public final class DecoderWeightsOption {
    @Option(
            names = "--decoder-weights",
            paramLabel = "NAME",
            defaultValue = "same",
            description = "int8 holds the weights that every token reads in 8 bits: with f32 or bf16, less memory and"
                    + " shorter steps at nearly the same words; --precision int8 does so too. same (${DEFAULT-VALUE})"
                    + " holds them as --precision says.")
    private DecoderWeights weights;

    public DecoderWeights get() {
        return weights;
    }
}
