package org.fovea.core.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.core.metric.Metric;
import org.fovea.core.metric.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    @TempDir
    Path folder;

    /** A crash while a resumed run drops lines must not cost the lines before them. */
    @Test
    void openReplacesTheFileInOneStep() throws IOException {
        Path file = folder.resolve("metrics.csv");
        String header = "epoch,step,training_loss,validation_loss,top1,top5,calibration_error,learning_rate,"
                + "images_per_second,seconds,best\n";
        String lines = "1,10,1,1,0,0,0,1e-3,1,1,true\n2,20,1,1,0,0,0,1e-3,1,1,true\n3,30,1,1,0,0";
        Files.writeString(file, header + lines);
        Path sameFile = Files.createLink(folder.resolve("link"), file);
        MetricsFile.open(file, 1);
        assertEquals(header + lines.lines().findFirst().orElseThrow() + "\n", Files.readString(file));
        assertEquals(header + lines, Files.readString(sameFile), "the old file was written into");
        assertEquals(List.of(10.0), MetricsFile.of(file).column("step"));
    }

    @Test
    void columnsAreTheMetricsOfTheTask() throws IOException {
        Path file = folder.resolve("metrics.csv");
        Metrics metrics = new Metrics(List.of(Metric.lower("loss", 0.5), Metric.higher("mean_iou", 0.25)), "loss");
        MetricsFile written = MetricsFile.open(file, 0);
        written.add(new TrainingListener.Epoch(0, 10, 1.5, metrics, true, 2), 1e-3, 100);
        MetricsFile.open(file, 1).add(new TrainingListener.Epoch(1, 20, 1, metrics, false, 2), 1e-4, 100);
        assertEquals("""
                epoch,step,training_loss,validation_loss,mean_iou,learning_rate,images_per_second,seconds,best
                1,10,1.50000,0.50000,0.25000,1.000e-03,100.0,2.0,true
                2,20,1.00000,0.50000,0.25000,1.000e-04,100.0,2.0,false
                """, Files.readString(file));
        assertEquals(List.of(0.25, 0.25), MetricsFile.of(file).column("mean_iou"));
    }
}
