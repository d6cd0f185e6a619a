/** The server's own routes, with the answers of Hugging Face's inference API. */
package org.fovea.server.protocol.v1;
