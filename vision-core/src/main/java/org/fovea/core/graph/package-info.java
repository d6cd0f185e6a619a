/**
 * A model as a graph of typed operations with static shapes, and its derivatives as more of the same graph.
 *
 * <p>{@link org.fovea.core.graph.Graph} collects nodes; {@link org.fovea.core.graph.Value} is what a node yields and
 * has a method per operation; {@link org.fovea.core.graph.Op} is the sealed family of operations, each defined in one
 * line of mathematics; {@link org.fovea.core.graph.Gradients} adds the backward operations. Nothing here computes: a
 * backend does.
 */
package org.fovea.core.graph;
