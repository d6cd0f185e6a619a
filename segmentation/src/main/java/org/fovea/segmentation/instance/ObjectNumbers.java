package org.fovea.segmentation.instance;

import java.util.Arrays;

/** Numbers of objects in the order in which they are first asked for, and their classes; not thread-safe. */
final class ObjectNumbers {
    private int[] numbers = new int[64];
    private char[] classes = new char[64];
    private int begun;
    private int asked;

    /** Registers a new object of a class and returns its handle, from 1. */
    int begin(int classIndex) {
        begun++;
        if (begun == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * begun);
            classes = Arrays.copyOf(classes, 2 * begun);
        }
        classes[begun] = (char) classIndex;
        return begun;
    }

    int number(int handle) {
        if (numbers[handle] == 0) {
            numbers[handle] = ++asked;
        }
        return numbers[handle];
    }

    char classOf(int handle) {
        return classes[handle];
    }
}
