/** Choices that commands share: backend, precision, checkpoint; and the commands that describe models. */
package org.fovea.cli.model;
