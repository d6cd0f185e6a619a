package org.fovea.server.protocol;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import org.fovea.core.io.JsonText;

/** JSON answers. */
public final class Json {
    private Json() {}

    /** Answers with a value of maps, lists, strings, integers, doubles, booleans and nulls. */
    public static void answer(Context ctx, Object value) {
        ctx.contentType("application/json").result(bytes(value));
    }

    /** A value in UTF-8. */
    public static byte[] bytes(Object value) {
        return JsonText.line(value).getBytes(StandardCharsets.UTF_8);
    }
}
