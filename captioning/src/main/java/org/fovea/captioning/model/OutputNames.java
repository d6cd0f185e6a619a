package org.fovea.captioning.model;

/**
 * The reference's names of what a captioner computes.
 *
 * @param memory tokens of the image, empty where they have no name
 * @param hiddenStates of the text; a dot and the number of the layer follow
 * @param attentions among the words; a dot and the number of the layer follow
 */
public record OutputNames(String memory, String hiddenStates, String attentions) {
    /** Cross-attentions are called so by all; a dot and the number of the layer follow. */
    public static final String CROSS_ATTENTIONS = "cross_attentions";
}
