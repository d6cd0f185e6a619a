package org.fovea.core.data.augment;

/** The parts of timm's name for a RandAugment. */
record TimmName(double magnitude, int count, double deviation, double probability) {
    static TimmName parse(String name) {
        String[] parts = name.split("-");
        double magnitude = 10;
        double count = 2;
        double deviation = 0;
        double probability = 0.5;
        boolean increasing = false;
        boolean known = parts[0].equals("rand");
        for (int i = 1; i < parts.length; i++) {
            String key = parts[i].replaceAll("[0-9.]+$", "");
            double value = number(parts[i].substring(key.length()));
            switch (key) {
                case "m" -> magnitude = value;
                case "n" -> count = value;
                case "mstd" -> deviation = value;
                case "p" -> probability = value;
                case "inc" -> increasing = value == 1;
                default -> known = false;
            }
        }
        boolean inside = magnitude >= 0
                && magnitude <= 10
                && count >= 1
                && count == Math.rint(count)
                && deviation >= 0
                && probability >= 0
                && probability <= 1;
        if (!known || !increasing || !inside) {
            throw new IllegalArgumentException("RandAugment: the name must be like rand-m9-mstd0.5-inc1, with m from 0"
                    + " to 10, n at least 1, mstd at least 0, p from 0 to 1 and inc1, got " + name);
        }
        return new TimmName(magnitude, (int) count, deviation, probability);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
