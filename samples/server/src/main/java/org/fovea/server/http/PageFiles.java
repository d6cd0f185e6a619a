package org.fovea.server.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.fovea.server.protocol.Access;
import org.fovea.server.protocol.Describe;
import org.fovea.server.protocol.Protocol;
import org.fovea.server.protocol.Route;

/** The page: the files that its list names, each with a route of its own, so that no request chooses what is read. */
public final class PageFiles implements Protocol {
    /** Folder of the resources. */
    private static final String ROOT = "/org/fovea/server/page/";

    private static final String INDEX = "index.html";
    private static final int NOT_MODIFIED = 304;
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"));

    @Override
    public List<Route> routes() {
        List<Route> all = new ArrayList<>();
        for (String name : names()) {
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type == null) {
                throw new IllegalStateException("PageFiles: the type of " + name + " must be one of " + TYPES.keySet());
            }
            Map<String, Object> operation =
                    Describe.operationWith("A file of the page.", Describe.content(type.split(";")[0], Map.of()));
            byte[] file = read(name);
            String tag = tag(file);
            all.add(Route.get("/" + name, Access.FREE, operation, ctx -> answer(ctx, type, file, tag)));
            if (name.equals(INDEX)) {
                all.add(Route.get("/", Access.FREE, operation, ctx -> answer(ctx, type, file, tag)));
            }
        }
        return all;
    }

    private static List<String> names() {
        return new String(read("files.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static byte[] read(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalStateException("PageFiles: the resource " + ROOT + name
                        + " is missing from this build, though files.txt lists it");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] file) {
        CRC32 sum = new CRC32();
        sum.update(file);
        return '"' + Long.toHexString(sum.getValue()) + "-" + file.length + '"';
    }

    private static void answer(Context ctx, String type, byte[] file, String tag) {
        ctx.header("ETag", tag).header("Cache-Control", "no-cache");
        if (tag.equals(ctx.header("If-None-Match"))) {
            ctx.status(NOT_MODIFIED);
        } else {
            ctx.contentType(type).result(file);
        }
    }
}
