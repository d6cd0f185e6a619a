package org.fovea.core.image;

import java.util.List;

/** Means and standard deviations of the channels R, G and B that published models were trained with; samples from 0 to 1. */
public enum ChannelStatistics {
    /** One half each, which gives -1 to 1, as in the first vision transformers. */
    HALF(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5)),
    /** Statistics of ImageNet's training images, which most published models use. */
    IMAGENET(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
    /** Statistics of CIFAR-10's training images. */
    CIFAR10(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616)),
    /** Statistics of the image-text pairs that CLIP was trained on. */
    CLIP(List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

    private final List<Double> mean;
    private final List<Double> std;

    ChannelStatistics(List<Double> mean, List<Double> std) {
        this.mean = mean;
        this.std = std;
    }

    /** The means of R, G and B. */
    public List<Double> mean() {
        return mean;
    }

    /** The standard deviations of R, G and B. */
    public List<Double> std() {
        return std;
    }
}
