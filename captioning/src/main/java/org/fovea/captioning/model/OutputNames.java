package org.fovea.captioning.model;

/**
 * The reference's names of what a captioner computes.
 *
 * @param memory name of the image's tokens; empty where they have none
 * @param hiddenStates name of the text's hidden states; a dot and the layer's number follow
 * @param attentions name of the self-attention weights of the text; a dot and the layer's number follow
 */
public record OutputNames(String memory, String hiddenStates, String attentions) {
    /** Name of the cross-attention weights in every model; a dot and the layer's number follow. */
    public static final String CROSS_ATTENTIONS = "cross_attentions";
}
