/** Studies of the recurrent attention model: digits read through a few glimpses. */
package org.fovea.studies.glimpses;
