package org.fovea.server.protocol;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.fovea.core.io.JsonText;

/** JSON answers. */
public final class Json {
    private Json() {}

    /**
     * Answers with a value of maps, lists, strings, integers, doubles, booleans and nulls. The answer has been sent when this
     * returns, so that a server that waits for its request handlers does not cut answers off.
     *
     * @throws ClientGoneException when it cannot be sent
     */
    public static void answer(Context ctx, Object value) {
        byte[] json = bytes(value);
        HttpServletResponse response = ctx.res();
        response.setContentType("application/json");
        response.setContentLength(json.length);
        try {
            response.getOutputStream().write(json);
            response.flushBuffer();
        } catch (IOException e) {
            throw new ClientGoneException();
        }
    }

    /** Encodes a value as JSON in UTF-8. */
    public static byte[] bytes(Object value) {
        return JsonText.line(value).getBytes(StandardCharsets.UTF_8);
    }
}
