package org.fovea.studies.glimpses;

import java.io.IOException;
import java.util.List;
import org.fovea.core.attention.GlimpseSensor;

/**
 * Reads digits that stand anywhere in 60x60 pixels through four glimpses of three 12x12 patches, once looking where it has learned
 * to and once the same network looking anywhere.
 *
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, table 1b: 1.54% with four glimpses and 60,000 training digits</a>
 */
public final class TranslatedDigits {
    private TranslatedDigits() {}

    /**
     * Runs it.
     *
     * @param args as of {@link CenteredDigits}
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        new GlimpseTask("translated", 60, new GlimpseSensor(12, 3, 2), 4, 0.15).run(args, List.of(Gaze.values()));
    }
}
