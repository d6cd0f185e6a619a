package org.fovea.segmentation.instance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Connected parts of the foreground of an image whose rows come one after the other: pixels that share a side. Not thread-safe. */
final class ForegroundParts {
    private final int width;
    private final Set<Part> open = new LinkedHashSet<>();
    private List<Run> above = List.of();

    ForegroundParts(int width) {
        this.width = width;
    }

    /**
     * Pixels of a row, up to the last but one.
     *
     * @param part component of the run, possibly merged into another since
     */
    record Run(int from, int to, Part part) {}

    /** A part, which may be joined to another: rows {@link #top} to {@link #last}, columns {@link #left} up to {@link #right} but one. */
    static final class Part {
        private Part parent = this;
        private int top;
        private int last;
        private int left;
        private int right;
        private boolean ended;

        private Part(int y, int from, int to) {
            top = y;
            last = y;
            left = from;
            right = to;
        }

        /** Component that this one has been merged into, or this one. */
        Part root() {
            Part at = this;
            while (at.parent != at) {
                at.parent = at.parent.parent;
                at = at.parent;
            }
            return at;
        }

        int top() {
            return top;
        }

        int last() {
            return last;
        }

        int left() {
            return left;
        }

        int right() {
            return right;
        }
    }

    /** Adds the next row's runs of foreground pixels. */
    void add(PendingRow row, double least) {
        int x = 0;
        while (x < width) {
            int from = x;
            while (x < width && row.probabilities()[x] >= least) {
                x++;
            }
            if (x > from) {
                Part part = new Part(row.y(), from, x);
                open.add(part);
                for (Run run : above) {
                    if (run.to() > from && run.from() < x && !run.part().root().ended) {
                        part = join(part.root(), run.part().root());
                    }
                }
                row.runs().add(new Run(from, x, part));
            }
            x++;
        }
        above = row.runs();
    }

    private Part join(Part one, Part other) {
        if (one == other) {
            return one;
        }
        Part kept = one.top <= other.top ? one : other;
        Part gone = kept == one ? other : one;
        gone.parent = kept;
        kept.last = Math.max(kept.last, gone.last);
        kept.left = Math.min(kept.left, gone.left);
        kept.right = Math.max(kept.right, gone.right);
        open.remove(gone);
        return kept;
    }

    /** Removes and returns the components that are finished: those without a run in the row, and those of too many rows. */
    List<Part> ended(int y, int mostRows) {
        List<Part> out = new ArrayList<>();
        for (Part part : open) {
            if (part.last < y || y - part.top + 1 >= mostRows) {
                part.ended = true;
                out.add(part);
            }
        }
        out.forEach(open::remove);
        return out;
    }

    /** Removes and returns the remaining components. */
    List<Part> all() {
        List<Part> out = new ArrayList<>(open);
        open.clear();
        return out;
    }

    /** First row of the components that are not finished; {@code below} if there are none. */
    int firstOpenRow(int below) {
        int out = below;
        for (Part part : open) {
            out = Math.min(out, part.top);
        }
        return out;
    }
}
