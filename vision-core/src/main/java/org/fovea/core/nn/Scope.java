package org.fovea.core.nn;

import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;

/**
 * A place in a model: the graph under construction and the dotted prefix of the names given there.
 *
 * @param path the prefix, such as {@code blocks.3.attention}; empty at the top
 */
public record Scope(Graph graph, String path) {
    /** The top of a graph. */
    public static Scope of(Graph graph) {
        return new Scope(graph, "");
    }

    /** The place below this one. */
    public Scope child(String name) {
        return new Scope(graph, name(name));
    }

    /** The place below this one for one of several equal parts. */
    public Scope child(String name, int index) {
        return child(name + "." + index);
    }

    /** The full name of something here. */
    public String name(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A weight of this place; see {@link Graph#parameter}. */
    public Value parameter(String name, int... sizes) {
        return graph.parameter(name(name), sizes);
    }

    /** Labels the operations added from now on with this place. */
    public Scope enter() {
        graph.scope(path);
        return this;
    }
}
