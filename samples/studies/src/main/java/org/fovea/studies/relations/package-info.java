/** A study of relations: questions about pictures of colored squares and circles (Sort-of-CLEVR). */
package org.fovea.studies.relations;
