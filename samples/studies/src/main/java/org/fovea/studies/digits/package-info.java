/** A study of spatial transformers: digits that were turned, scaled and moved. */
package org.fovea.studies.digits;
