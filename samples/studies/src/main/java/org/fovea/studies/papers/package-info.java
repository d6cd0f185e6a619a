/** A study of graph attention: the topics of scientific papers from their words and citations. */
package org.fovea.studies.papers;
