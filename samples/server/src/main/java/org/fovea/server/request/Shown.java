package org.fovea.server.request;

/** Text of a client as errors repeat it: short, and without control characters. */
public final class Shown {
    private static final int MOST = 80;

    private Shown() {}

    /** First characters of a text, on one line. */
    public static String of(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
    }
}
