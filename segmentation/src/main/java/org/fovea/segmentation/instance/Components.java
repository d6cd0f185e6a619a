package org.fovea.segmentation.instance;

import org.fovea.core.image.LabelMask;

/** Connected parts of an image of a size: pixels that share a side. */
public final class Components {
    private final int height;
    private final int width;
    private final int[] stack;

    Components(int height, int width) {
        this.height = height;
        this.width = width;
        this.stack = new int[height * width];
    }

    /**
     * Numbers the connected components of each class, from 1 in the order of their first pixels; 0 for the background, class 0.
     */
    public static int[] ofClasses(LabelMask classes) {
        int[] values = new int[classes.height() * classes.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = classes.label(i / classes.width(), i % classes.width());
        }
        return new Components(classes.height(), classes.width()).label(values);
    }

    /** Numbers the connected components of the pixels inside, from 1; 0 outside. */
    int[] label(boolean[] inside) {
        int[] values = new int[inside.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = inside[i] ? 1 : 0;
        }
        return label(values);
    }

    private int[] label(int[] values) {
        int[] labels = new int[values.length];
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (values[i] != 0 && labels[i] == 0) {
                spread(labels, values, i, ++count);
            }
        }
        return labels;
    }

    /** Assigns a number to a pixel and to all connected pixels of the same value. */
    private void spread(int[] labels, int[] values, int from, int label) {
        int count = 0;
        stack[count++] = from;
        labels[from] = label;
        while (count > 0) {
            int at = stack[--count];
            int x = at % width;
            count = visit(labels, values, at, x > 0 ? at - 1 : -1, count);
            count = visit(labels, values, at, x < width - 1 ? at + 1 : -1, count);
            count = visit(labels, values, at, at - width, count);
            count = visit(labels, values, at, at + width < height * width ? at + width : -1, count);
        }
    }

    private int visit(int[] labels, int[] values, int from, int at, int count) {
        if (at < 0 || labels[at] != 0 || values[at] != values[from]) {
            return count;
        }
        labels[at] = labels[from];
        stack[count] = at;
        return count + 1;
    }
}
