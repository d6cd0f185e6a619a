package org.fovea.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.vit.Prediction;

/** For tables, as RFC 4180 has them but for plain line feeds: a row for each class, or one with the error. */
record CsvReport(Scores scores) implements Report {
    @Override
    public String header() {
        return "file,rank,label,index,score,error\n";
    }

    @Override
    public String lines(Outcome outcome) {
        StringBuilder out = new StringBuilder();
        if (outcome instanceof Outcome.Classified done) {
            List<Prediction> all = done.classification().predictions();
            for (int i = 0; i < all.size(); i++) {
                Prediction p = all.get(i);
                row(out, outcome.file(), i + 1, p.label(), p.index(), number(p), "");
            }
        } else if (outcome instanceof Outcome.Failed failed) {
            row(out, outcome.file(), "", "", "", "", failed.error());
        }
        return out.toString();
    }

    private String number(Prediction p) {
        return scores == Scores.SOFTMAX ? Double.toString(p.probability()) : Float.toString((float) p.logit());
    }

    private static void row(StringBuilder out, Object... fields) {
        out.append(Stream.of(fields).map(CsvReport::quoted).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String quoted(Object field) {
        String text = field.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
