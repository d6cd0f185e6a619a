/**
 * Runs graphs on the CPU through oneDNN: a graph becomes a flat list of prepared primitives over one memory plan.
 *
 * <p>{@link org.fovea.core.backend.onednn.OneDnnBackend} compiles. {@code Lowering} walks the graph and gives every value
 * a {@code View} (strided memory) and every operation its steps; {@code Fusion} finds the epilogues that ride on a
 * product; {@code WeightStore} packs weights once for all programs; {@code StoragePlan} lays temporary buffers over each
 * other by lifetime; {@code OneDnnProgram} runs the steps in a {@code RunContext} of its own per concurrent caller. One
 * class per family of operations holds its lowering.
 */
package org.fovea.core.backend.onednn;
