package org.fovea.cli.images;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.fovea.core.data.Outcome;
import org.fovea.core.image.ImageInput;
import org.fovea.core.io.CsvText;

/** Report of results as CSV, as RFC 4180 has them but for plain line feeds: the file, the result's columns, the error. */
record CsvReport<R>(ResultView<R> view) implements Report<R> {
    @Override
    public String header() {
        return row("file", view.columns(), "error");
    }

    @Override
    public String lines(Outcome<ImageInput, R> outcome) {
        String file = outcome.input().name();
        if (outcome instanceof Outcome.Failed<ImageInput, R> failed) {
            return row(file, Collections.nCopies(view.columns().size(), ""), Report.error(failed));
        }
        return view.rows(outcome.get()).stream()
                .map(cells -> row(file, cells, ""))
                .collect(Collectors.joining());
    }

    private static String row(String file, List<?> cells, String error) {
        List<Object> all = new ArrayList<>(List.of(file));
        all.addAll(cells);
        all.add(error);
        return CsvText.row(all);
    }
}
