/** Programs over the library: the command line, quick starts, batch jobs. */
package org.fovea.samples;
