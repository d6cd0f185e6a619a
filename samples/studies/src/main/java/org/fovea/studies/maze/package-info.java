/** A study of the recurrent attention network: a maze in which only memory finds the right exit. */
package org.fovea.studies.maze;
