/** Pictures of every attention mechanism, and the page that shows them. */
package org.fovea.cli.gallery;
