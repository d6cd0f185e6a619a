package org.fovea.studies.glimpses;

import java.io.IOException;
import java.util.List;
import org.fovea.core.attention.GlimpseSensor;

/**
 * Reads centered digits through six glimpses of 8x8 pixels, from 10,000 training digits that are turned, stretched and shifted a
 * little, and scores MNIST's 10,000 test digits.
 *
 * @see <a href="https://arxiv.org/abs/1406.6247">Mnih et al. 2014, table 1a: 1.12% with six glimpses and 60,000 training digits</a>
 */
public final class CenteredDigits {
    private CenteredDigits() {}

    /**
     * Runs it.
     *
     * @param args the digits, {@code train/class/*.png} and {@code test/class/*.png} in a folder or zip file; the number of steps;
     *     the seed; a folder that keeps the state of the run, which goes on from there when started again
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        new GlimpseTask("centered", 28, new GlimpseSensor(8, 1, 2), 6, 0.1).run(args, List.of(Gaze.LEARNED));
    }
}
