/** Small studies of attention over sequences: reversing digits, and writing dates in ISO form. */
package org.fovea.studies.sequences;
