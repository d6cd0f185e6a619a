package org.fovea.core.nn;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/**
 * The context a block is built in: the graph under construction, the dotted prefix of the names given here, which is the label
 * of its operations too, the purpose of the graph and its dropout.
 *
 * @param path the prefix, such as {@code blocks.3.attention}; empty at the top
 * @param mode training or not
 * @param dropout random drops; none unless the mode is {@link Mode#TRAINING}
 * @param sharesWeights whether weights asked for here may be there already; see {@link #shared}
 */
public record Scope(Graph graph, String path, Mode mode, DropoutContext dropout, boolean sharesWeights) {
    /** The top of a graph that gives a model's answers from its learned weights. */
    public static Scope of(Graph graph) {
        return of(graph, Mode.EVALUATION);
    }

    /** The top of a graph that drops nothing. */
    public static Scope of(Graph graph, Mode mode) {
        return new Scope(graph, "", mode, DropoutContext.NONE, false);
    }

    /** The top of a training graph; adds the input {@link DropoutContext#SEED} where the rates need one. */
    public static Scope training(Graph graph, DropRates rates) {
        return new Scope(graph, "", Mode.TRAINING, DropoutContext.of(graph, rates), false);
    }

    /** The place below this one. */
    public Scope child(String name) {
        return new Scope(graph, name(name), mode, dropout, sharesWeights);
    }

    /**
     * This place for blocks that are built several times over the same weights, such as the steps of a recurrence: a weight that
     * is there already is used again.
     */
    public Scope shared() {
        return new Scope(graph, path, mode, dropout, true);
    }

    /** This place for blocks that training uses as they are: without dropout, with running averages. */
    public Scope frozen() {
        return new Scope(graph, path, isTraining() ? Mode.EVALUATION : mode, DropoutContext.NONE, sharesWeights);
    }

    /** The place below this one for one of several equal parts. */
    public Scope child(String name, int index) {
        return child(name + "." + index);
    }

    /**
     * The place below this one for one of the blocks in a row: its rate of stochastic depth grows evenly from 0 in the first
     * block to the one here in the last.
     *
     * @param index from 0
     * @param depth number of blocks
     */
    public Scope layer(String name, int index, int depth) {
        return layer(name, index, index, depth);
    }

    /**
     * The place below this one for one of the blocks of a stage.
     *
     * @param index within the stage, from 0
     * @param position among the blocks of all stages, from 0
     * @param depth number of all blocks
     */
    public Scope layer(String name, int index, int position, int depth) {
        return new Scope(
                graph,
                name(name + "." + index),
                mode,
                dropout.with(dropout.rates().ofBlock(position, depth)),
                sharesWeights);
    }

    /** The full name of something here. */
    public String name(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A weight of this place; see {@link Graph#parameter} and {@link #shared}. */
    public Value parameter(String name, int... sizes) {
        return sharesWeights ? graph.sharedParameter(name(name), sizes) : graph.parameter(name(name), sizes);
    }

    /** Labels the operations added from now on with this place. */
    public Scope enter() {
        graph.scope(path);
        return this;
    }

    /** Returns whether the graph is for {@link Mode#TRAINING}. */
    public boolean isTraining() {
        return mode == Mode.TRAINING;
    }

    /** Dropout of elements at the rate of residual branches. */
    public Value dropout(Value x) {
        return dropout.elements(x, dropout.rates().dropout());
    }

    /** Returns whether {@link #attentionDropout} drops anything. */
    public boolean dropsAttention() {
        return dropout.rates().attention() > 0;
    }

    /** Dropout of attention weights; all weights of a batch are held at once. */
    public Value attentionDropout(Value weights) {
        return dropout.elements(weights, dropout.rates().attention());
    }

    /**
     * Stochastic depth: leaves out a residual branch for some images and scales it for the others.
     *
     * @param branch {@code [B, ...]}
     */
    public Value stochasticDepth(Value branch) {
        return dropout.branches(branch, dropout.rates().path());
    }
}
