package org.fovea.segmentation.instance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.image.LabelMask;

/**
 * Objects by {@link Watershed} of an image whose rows come one after the other: those of the whole image, for an object grows within
 * a connected part of the foreground and fills gaps that lie inside it. Rows are held until every part that reaches into them has
 * ended. A part of more than {@value #MOST_ROWS} rows is cut there, so that memory has a bound: {@value #MOST_ROWS} rows. Not
 * thread-safe.
 */
public final class StreamingWatershed {
    /** Maximum number of rows of a component. */
    public static final int MOST_ROWS = 512;

    private final Watershed rules;
    private final int largestClass;
    private final Rows out;
    private final ForegroundParts parts;
    private final ArrayDeque<PendingRow> pending = new ArrayDeque<>();
    private final int[] ids;
    private final char[] classes;
    private final ObjectNumbers numbers = new ObjectNumbers();
    private int added;

    /** Takes rows of objects. */
    public interface Rows {
        /**
         * Receives a row; rows come in order from the top, and the arrays are reused.
         *
         * @param ids object number of each pixel, from 1 in the order of the objects' first pixels; 0 for none
         * @param classes class of each pixel's object, 0 for none
         * @param probabilities probabilities as passed to {@link #add}
         */
        void row(int y, int[] ids, char[] classes, float[] probabilities);
    }

    /**
     * Creates a watershed before the first row.
     *
     * @param width width of the image
     * @param largestClass largest class that will be added
     */
    public StreamingWatershed(Watershed rules, int width, int largestClass, Rows out) {
        Check.positive("StreamingWatershed: width", width);
        this.rules = rules;
        this.largestClass = largestClass;
        this.out = out;
        this.parts = new ForegroundParts(width);
        this.ids = new int[width];
        this.classes = new char[width];
    }

    /**
     * Adds the next row of pixels, and passes on the rows that are decided now.
     *
     * @param probabilities probabilities of the foreground; copied
     * @param depths depths, 0 to 1; copied
     * @param likeliest most likely class of each pixel other than the background, from 1; copied
     */
    public void add(float[] probabilities, float[] depths, char[] likeliest) {
        PendingRow row = PendingRow.of(added++, probabilities, depths, likeliest);
        pending.add(row);
        parts.add(row, rules.foreground());
        parts.ended(row.y(), MOST_ROWS).forEach(this::split);
        give(parts.firstOpenRow(added));
    }

    /** Ends the image and passes on the remaining rows. */
    public void end() {
        parts.all().forEach(this::split);
        give(added);
    }

    /** Separates the objects of a component. */
    private void split(ForegroundParts.Part part) {
        int rows = part.last() - part.top() + 1;
        int columns = part.right() - part.left();
        List<PendingRow> within = rows(part.top(), rows);
        float[] probabilities = new float[Math.multiplyExact(rows, columns)];
        float[] depths = new float[probabilities.length];
        for (int y = 0; y < rows; y++) {
            within.get(y).copy(part.left(), part.right(), probabilities, depths, y * columns);
        }
        LabelMask labels = rules.objects(probabilities, depths, rows, columns);
        int[][] votes = votes(part, within, labels);
        int[] handles = new int[votes.length];
        for (int label = 1; label < votes.length; label++) {
            handles[label] = votes[label] == null ? 0 : numbers.begin(likeliest(votes[label]));
        }
        for (int y = 0; y < rows; y++) {
            within.get(y).label(labels, y, part.left(), handles);
        }
    }

    /** Counts for each object of the component its pixels of each class; null for objects of other components. */
    private int[][] votes(ForegroundParts.Part part, List<PendingRow> rows, LabelMask labels) {
        int[][] out = new int[1][];
        for (int y = 0; y < rows.size(); y++) {
            for (ForegroundParts.Run run : rows.get(y).runsWithin(part)) {
                for (int x = run.from(); x < run.to(); x++) {
                    int label = labels.label(y, x - part.left());
                    out = label < out.length ? out : Arrays.copyOf(out, Math.max(label + 1, 2 * out.length));
                    out[label] = label > 0 && out[label] == null ? new int[largestClass + 1] : out[label];
                }
            }
        }
        for (int y = 0; y < rows.size(); y++) {
            for (int x = 0; x < labels.width(); x++) {
                int label = labels.label(y, x);
                if (label < out.length && out[label] != null) {
                    out[label][rows.get(y).likeliest(part.left() + x)]++;
                }
            }
        }
        return out;
    }

    private static int likeliest(int[] votes) {
        int best = 1;
        for (int k = 2; k < votes.length; k++) {
            best = votes[k] > votes[best] ? k : best;
        }
        return best;
    }

    private List<PendingRow> rows(int top, int count) {
        int skip = top - pending.getFirst().y();
        return new ArrayList<>(pending.stream().skip(skip).limit(count).toList());
    }

    /** Passes on the rows before {@code end}. */
    private void give(int end) {
        while (!pending.isEmpty() && pending.getFirst().y() < end) {
            PendingRow row = pending.removeFirst();
            Arrays.fill(ids, 0);
            Arrays.fill(classes, (char) 0);
            row.fromTheLeft().forEach(piece -> {
                int number = numbers.number(piece.handle());
                Arrays.fill(ids, piece.from(), piece.to(), number);
                Arrays.fill(classes, piece.from(), piece.to(), numbers.classOf(piece.handle()));
            });
            out.row(row.y(), ids, classes, row.probabilities());
        }
    }
}
