package org.fovea.server.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.fovea.server.protocol.Json;

/** Answers to requests that are no HTTP, which no route sees. */
final class JettyErrors extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback) {
        SecurityHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (code == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 || code == HttpStatus.NOT_IMPLEMENTED_501) {
            response.setStatus(
                    HttpStatus.BAD_REQUEST_400); // a mistake of the client, which must not count in alarms for 5xx
        }
        response.write(true, ByteBuffer.wrap(Json.bytes(Map.of("error", text(code)))), callback);
    }

    private static String text(int code) {
        return code == HttpStatus.SERVICE_UNAVAILABLE_503
                ? "the server shuts down"
                : "the request cannot be read as HTTP: " + HttpStatus.getMessage(code);
    }
}
