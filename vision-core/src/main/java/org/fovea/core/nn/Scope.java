package org.fovea.core.nn;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/**
 * The context a block is built in: the graph under construction, the dotted prefix of the names given here, which is the label
 * of its operations too, the purpose of the graph and its dropout.
 *
 * @param path prefix, such as {@code blocks.3.attention}; empty at the top level
 * @param mode whether the graph is for training or not
 * @param dropout dropout; none unless the mode is {@link Mode#TRAINING}
 * @param sharesWeights whether weights may exist already; see {@link #shared}
 */
public record Scope(Graph graph, String path, Mode mode, DropoutContext dropout, boolean sharesWeights) {
    /** Top-level scope of a graph that evaluates a model with its learned weights. */
    public static Scope of(Graph graph) {
        return of(graph, Mode.EVALUATION);
    }

    /** Top-level scope of a graph without dropout. */
    public static Scope of(Graph graph, Mode mode) {
        return new Scope(graph, "", mode, DropoutContext.NONE, false);
    }

    /** Top-level scope of a training graph; adds the input {@link DropoutContext#SEED} if the rates need it. */
    public static Scope training(Graph graph, DropRates rates) {
        return new Scope(graph, "", Mode.TRAINING, DropoutContext.of(graph, rates), false);
    }

    /** Scope below this one. */
    public Scope child(String name) {
        return new Scope(graph, name(name), mode, dropout, sharesWeights);
    }

    /**
     * Copy for blocks that are built several times with the same weights, such as the steps of a recurrence: existing weights
     * are used again.
     */
    public Scope shared() {
        return new Scope(graph, path, mode, dropout, true);
    }

    /** Copy for blocks that training does not change: without dropout, with running averages. */
    public Scope frozen() {
        return new Scope(graph, path, isTraining() ? Mode.EVALUATION : mode, DropoutContext.NONE, sharesWeights);
    }

    /** Scope below this one, for one of several similar parts. */
    public Scope child(String name, int index) {
        return child(name + "." + index);
    }

    /**
     * Scope below this one, for one block of a sequence: its rate of stochastic depth grows linearly from 0 in the first block
     * to the rate of this scope in the last.
     *
     * @param index block number, from 0
     * @param depth number of blocks
     */
    public Scope layer(String name, int index, int depth) {
        return layer(name, index, index, depth);
    }

    /**
     * Scope below this one, for one of the blocks of a stage.
     *
     * @param index block number within the stage, from 0
     * @param position block number among all stages, from 0
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

    /** Full name of something in this scope. */
    public String name(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Adds a weight of this scope; see {@link Graph#parameter} and {@link #shared}. */
    public Value parameter(String name, int... sizes) {
        return sharesWeights ? graph.sharedParameter(name(name), sizes) : graph.parameter(name(name), sizes);
    }

    /** Labels the operations added from now on with this scope. */
    public Scope enter() {
        graph.scope(path);
        return this;
    }

    /** Returns whether the graph is for {@link Mode#TRAINING}. */
    public boolean isTraining() {
        return mode == Mode.TRAINING;
    }

    /** Adds dropout of elements at the rate of residual branches. */
    public Value dropout(Value x) {
        return dropout.elements(x, dropout.rates().dropout());
    }

    /** Returns whether {@link #attentionDropout} drops any weights. */
    public boolean dropsAttention() {
        return dropout.rates().attention() > 0;
    }

    /** Adds dropout of attention weights; all weights of a batch are held in memory. */
    public Value attentionDropout(Value weights) {
        return dropout.elements(weights, dropout.rates().attention());
    }

    /**
     * Adds stochastic depth: skips a residual branch for some images and scales it for the others.
     *
     * @param branch {@code [B, ...]}
     */
    public Value stochasticDepth(Value branch) {
        return dropout.branches(branch, dropout.rates().path());
    }
}
