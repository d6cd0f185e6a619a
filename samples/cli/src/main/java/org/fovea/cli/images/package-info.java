/** Runs over many images: finding, resuming, reporting; generic over the task and its result. */
package org.fovea.cli.images;
