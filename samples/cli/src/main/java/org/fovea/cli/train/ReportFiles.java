package org.fovea.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.fovea.core.io.AtomicFile;
import org.fovea.core.train.MetricsFile;
import org.fovea.vit.train.Evaluation;
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
     * Draws the report of a finished run.
     *
     * @param folder of the run
     * @throws IOException when a file cannot be read or written
     */
    static void write(Path folder, Evaluation evaluation) throws IOException {
        curves(folder);
        evaluation(folder.resolve("report"), evaluation);
    }

    /**
     * Draws {@code loss.png}, {@code accuracy.png} and {@code learning-rate.png} from {@code metrics.csv}.
     *
     * @param folder of the run
     * @throws IOException when a file cannot be read or written
     */
    private static void curves(Path folder) throws IOException {
        MetricsFile metrics = MetricsFile.of(folder.resolve("metrics.csv"));
        Path report = Files.createDirectories(folder.resolve("report"));
        chart(
                report.resolve("loss.png"),
                "cross-entropy",
                Map.of("training", metrics.column("training_loss"), "validation", metrics.column("validation_loss")));
        chart(
                report.resolve("accuracy.png"),
                "share of the validation images",
                Map.of("top-1", metrics.column("top1"), "top-5", metrics.column("top5")));
        chart(
                report.resolve("learning-rate.png"),
                "learning rate",
                Map.of("learning rate", metrics.column("learning_rate")));
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

    /**
     * Draws {@code confusion.png} and {@code mistakes.png}.
     *
     * @param folder that the pictures go into, made where it is missing
     * @throws IOException when a file cannot be written
     */
    static void evaluation(Path folder, Evaluation evaluation) throws IOException {
        Files.createDirectories(folder);
        ConfusionPicture.of(evaluation).writePng(folder.resolve("confusion.png"));
        MistakeSheet.of(evaluation).writePng(folder.resolve("mistakes.png"));
    }
}
