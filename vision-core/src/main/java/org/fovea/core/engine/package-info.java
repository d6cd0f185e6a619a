/** The choice between backends; apart from them, so that the contract does not know its implementations. */
package org.fovea.core.engine;
