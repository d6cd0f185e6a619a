/** One network with each kind of attention, trained alike, compared by what it reaches and what it costs. */
package org.fovea.studies.attention;
