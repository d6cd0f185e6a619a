/** The HTTP front: routes, checks, headers, the page. */
package org.fovea.server.http;
