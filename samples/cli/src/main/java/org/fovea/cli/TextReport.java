package org.fovea.cli;

import org.fovea.vit.Prediction;

/** For people: the file, then a line for each class. */
record TextReport(Scores scores) implements Report {
    @Override
    public String lines(Outcome outcome) {
        StringBuilder out = new StringBuilder(outcome.file()).append(System.lineSeparator());
        if (outcome instanceof Outcome.Classified done) {
            for (Prediction p : done.classification().predictions()) {
                line(out, scores.text(p) + "  " + p.label());
            }
        } else if (outcome instanceof Outcome.Failed failed) {
            line(out, "error: " + failed.error());
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String text) {
        out.append("  ").append(text).append(System.lineSeparator());
    }
}
