package org.fovea.studies.attention;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.fovea.core.engine.Backends;
import org.fovea.segmentation.model.FeatureAttention;

/**
 * Trains a small network with each of some kinds of attention on nuclei or drawn scenes, for a budget that is the same for all kinds,
 * and adds what came of it to a log; or prints the log as tables. A run that the log holds is not done again.
 *
 * <pre>{@code
 * OMP_NUM_THREADS=1 java -cp ... org.fovea.studies.attention.CompareSegmentation LOG nuclei none,se,eca,cbam,dual,axial,window 1 dsb2018.zip
 * OMP_NUM_THREADS=1 java -cp ... org.fovea.studies.attention.CompareSegmentation LOG scenes none,se,eca,cbam,dual,axial,window 1
 * java -cp ... org.fovea.studies.attention.CompareSegmentation LOG
 * }</pre>
 */
public final class CompareSegmentation {
    private CompareSegmentation() {}

    /**
     * Does runs, or prints the tables.
     *
     * @param args the log; and for runs {@code nuclei} or {@code scenes}, the kinds of attention, the seed and the zip file of the
     *     nuclei
     * @throws IOException when the log cannot be written
     */
    public static void main(String[] args) throws IOException {
        ComparisonLog log = new ComparisonLog(Path.of(args[0]));
        if (args.length == 1) {
            print(new ComparisonTable(log.lines()));
            return;
        }
        ComparedData data = args[1].equals(NucleiData.NAME) ? NucleiData.open(Path.of(args[4])) : new SceneData();
        long seed = Long.parseLong(args[3]);
        for (String kind : args[2].split(",")) {
            FeatureAttention attention = FeatureAttention.valueOf(kind.toUpperCase(Locale.ROOT));
            if (!log.holds(data.name(), attention.key(), seed)) {
                ComparisonLine line = new Comparison(data, attention, seed, Backends.automatic()).run();
                System.out.println(line.text());
                log.add(line);
            }
        }
    }

    private static void print(ComparisonTable table) {
        String costs = "parameters | ms, " + Comparison.MEASURED_PIXELS + " px, one thread | MB of a run |";
        System.out.println("| nuclei | seeds | AP at IoU 0.5, % | IoU of the foreground, % | " + costs);
        print(table.rows(NucleiData.NAME));
        System.out.println("| scenes | seeds | mean IoU of the shapes, % | pixels right, % | " + costs);
        print(table.rows(SceneData.NAME));
    }

    private static void print(List<String> rows) {
        System.out.println("|---|---|---|---|---|---|---|");
        rows.forEach(System.out::println);
        System.out.println();
    }
}
