/** Studies of the recurrent attention model: digits read through a few glimpses. */
package org.fovea.samples.quickstart.glimpses;
