package org.fovea.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Divides a data set in two, each class in the same proportion. */
final class Division {
    private Division() {}

    /** Splits a data set into the rest and the part set aside, in this order; both keep the order of the samples. */
    static List<ImageDataset> stratified(ImageDataset data, double share, long seed, String restName, String partName) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "DataSplits: the share set aside for validation must lie between 0 and 1, got " + share);
        }
        int[][] classes = members(data);
        boolean[] part = new boolean[data.size()];
        for (int k = 0; k < classes.length; k++) {
            int[] members = classes[k];
            if (members.length == 1) {
                throw new DataSetException(data.name() + ": dividing needs at least 2 images of each class, got 1 of "
                        + data.classNames().get(k) + "; add images of it");
            }
            int[] order = Seeds.permutation(members.length, Seeds.generator(seed, Seeds.Use.DIVISION, k, 0));
            int count = (int) Math.max(1, Math.min(members.length - 1, Math.round(share * members.length)));
            Arrays.stream(order).limit(members.length == 0 ? 0 : count).forEach(i -> part[members[i]] = true);
        }
        List<LabeledImage> rest = new ArrayList<>();
        List<LabeledImage> aside = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            (part[i] ? aside : rest).add(data.samples().get(i));
        }
        return List.of(
                new ImageDataset(restName, data.classNames(), rest),
                new ImageDataset(partName, data.classNames(), aside));
    }

    /** Indices of each class's samples, in order. */
    private static int[][] members(ImageDataset data) {
        int[] counts = data.counts();
        int[][] out = new int[counts.length][];
        Arrays.setAll(out, k -> new int[counts[k]]);
        int[] filled = new int[counts.length];
        for (int i = 0; i < data.size(); i++) {
            int label = data.samples().get(i).label();
            out[label][filled[label]++] = i;
        }
        return out;
    }
}
