/** Turns a graph into a program that runs: the contract; one package below per implementation. */
package org.fovea.core.backend;
