package org.fovea.cli.segment;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Numbers with commas between them, such as {@code 480,310}. */
final class CommaNumbers {
    private CommaNumbers() {}

    /**
     * Parses comma-separated numbers.
     *
     * @param rule rule for the option's value, for the error
     * @throws ParameterException when the value is not a list of the right number of numbers
     */
    static double[] parse(CommandLine command, String option, String text, int least, int most, String rule) {
        String[] parts = text.split(",", -1);
        double[] out = new double[parts.length];
        boolean numbers = parts.length >= least && parts.length <= most;
        try {
            for (int i = 0; i < parts.length; i++) {
                out[i] = Double.parseDouble(parts[i]);
            }
        } catch (NumberFormatException e) {
            numbers = false;
        }
        if (!numbers) {
            throw new ParameterException(command, option + " must be " + rule + ", got " + text);
        }
        return out;
    }
}
