/** The command {@code doctor}. */
package org.fovea.cli.doctor;
