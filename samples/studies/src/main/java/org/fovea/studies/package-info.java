/** Studies that train the mechanisms on real tasks, benchmarks of them, and the programs of the README. */
package org.fovea.studies;
