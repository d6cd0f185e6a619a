package org.fovea.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.cli.train.task.Curves;
import org.fovea.cli.train.task.ScoreReport;
import org.fovea.cli.train.task.TrainTask;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.train.MetricsFile;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The pictures of {@code report/}. */
final class ReportFiles {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;

    private ReportFiles() {}

    /**
     * Draws the curves of a finished run ({@code loss.png}, {@code learning-rate.png} and those of the task) and the report on
     * its model.
     *
     * @param folder folder of the run
     * @throws IOException when a file cannot be read or written
     */
    static void write(Path folder, TrainTask<?> task, ScoreReport scores) throws IOException {
        Path report = Files.createDirectories(folder.resolve("report"));
        MetricsFile metrics = MetricsFile.of(folder.resolve("metrics.csv"));
        Map<String, List<Double>> losses = new HashMap<>(Map.of("training", metrics.column("training_loss")));
        if (metrics.has("validation_loss")) {
            losses.put("validation", metrics.column("validation_loss"));
        }
        chart(report.resolve("loss.png"), "loss", losses);
        chart(
                report.resolve("learning-rate.png"),
                "learning rate",
                Map.of("learning rate", metrics.column("learning_rate")));
        for (Curves curves : task.curves()) {
            Map<String, List<Double>> values = new HashMap<>();
            for (Map.Entry<String, String> curve : curves.columns().entrySet()) {
                values.put(curve.getKey(), metrics.column(curve.getValue()));
            }
            chart(report.resolve(curves.file() + ".png"), curves.axis(), values);
        }
        scores.draw(report);
    }

    private static void chart(Path file, String what, Map<String, List<Double>> curves) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(what)
                .xAxisTitle("epoch")
                .yAxisTitle(what)
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE).setMarkerSize(4);
        curves.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(curve -> {
            List<Integer> epochs =
                    IntStream.rangeClosed(1, curve.getValue().size()).boxed().toList();
            chart.addSeries(curve.getKey(), epochs, curve.getValue()).setMarker(SeriesMarkers.CIRCLE);
        });
        AtomicFile.write(file, BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG));
    }
}
