package org.fovea.server.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.MultiPart;

/**
 * Reading of requests about an image: a multipart form, the image itself, or JSON in the manner of Hugging Face's inference API.
 *
 * @param maxBytes maximum size of a body in bytes
 */
public record RequestReader(long maxBytes) {
    private static final String FORM = "multipart/form-data";
    private static final String JSON = "application/json";
    private static final List<String> FILE_FIELDS = List.of("image", "file", "data");
    private static final String INPUTS = "inputs";

    /**
     * Reads a request.
     *
     * @throws ApiException when it is wrong or too large
     */
    public ImageRequest read(Context ctx) {
        String type = type(ctx);
        byte[] body = body(ctx);
        Parameters query = new Parameters(ctx.queryParamMap());
        if (type.equals(FORM)) {
            FormBody form = FormBody.read(body, boundary(ctx.header("Content-Type")), FILE_FIELDS);
            byte[] image = form.file()
                    .orElseThrow(() ->
                            ApiException.badRequest("the form must have a file in the field image, got the fields "
                                    + form.parameters().values().keySet().stream()
                                            .map(Shown::of)
                                            .toList()));
            return new ImageRequest(image, query.with(form.parameters()));
        }
        if (type.equals(JSON)) {
            return json(body, query);
        }
        if (type.isEmpty()
                || type.startsWith("image/")
                || type.equals("application/octet-stream")
                || type.equals("application/x-www-form-urlencoded") && !looksLikeForm(body)) {
            return new ImageRequest(body, query);
        }
        throw ApiException.unsupportedType("the body must be " + FORM + ", " + JSON
                + ", image/* or application/octet-stream, got " + Shown.of(type));
    }

    private static String boundary(String type) {
        try {
            String boundary = MultiPart.extractBoundary(type);
            if (boundary != null && !boundary.isEmpty()) {
                return boundary;
            }
        } catch (IllegalArgumentException e) {
            // same message as for a missing one
        }
        throw ApiException.badRequest(
                "the Content-Type of a form must name its boundary, got " + Shown.of(type) + " without");
    }

    /**
     * Returns whether a body that is declared to be a form can be one: clients such as curl call every body a form by default.
     */
    private static boolean looksLikeForm(byte[] body) {
        return body.length == 0 || body[0] >= 'a' && body[0] <= 'z';
    }

    private static String type(Context ctx) {
        String type = ctx.header("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a body of at most {@link #maxBytes}.
     *
     * @throws ApiException when it is larger, or does not arrive in time
     */
    public byte[] body(Context ctx) {
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw ApiException.tooLarge(maxBytes);
        }
        try {
            byte[] body = ctx.req().getInputStream().readNBytes((int) Math.min(Integer.MAX_VALUE - 16, maxBytes + 1));
            if (body.length > maxBytes) {
                throw ApiException.tooLarge(maxBytes);
            }
            return body;
        } catch (IOException | HttpException.RuntimeException e) {
            throw ApiException.tooSlow(
                    "the body did not come as announced: " + Shown.of(String.valueOf(e.getMessage())));
        }
    }

    private static ImageRequest json(byte[] body, Parameters query) {
        JsonNode object = JsonTree.object(body);
        object.fieldNames().forEachRemaining(name -> {
            if (!List.of(INPUTS, "parameters", "options").contains(name)) {
                throw ApiException.badRequest(
                        "the JSON must have the members inputs and parameters, got " + Shown.of(name));
            }
        });
        JsonNode parameters = object.path("parameters");
        Parameters all = parameters.isObject() ? query.with(Parameters.of(parameters)) : query;
        JsonNode inputs = object.path(INPUTS);
        if (inputs.isObject()) {
            Parameters others = Parameters.of(inputs);
            java.util.Map<String, List<String>> rest = new java.util.LinkedHashMap<>(others.values());
            rest.remove("image");
            return new ImageRequest(image(inputs.path("image")), all.with(new Parameters(rest)));
        }
        return new ImageRequest(image(inputs), all);
    }

    private static byte[] image(JsonNode node) {
        if (!node.isTextual()) {
            throw ApiException.badRequest("inputs must be an image as base64, or {\"image\": base64, …}, got "
                    + (node.isMissingNode() ? "none" : node.getNodeType()));
        }
        return base64(node.textValue());
    }

    /**
     * Decodes base64, with or without the prefix of a data URL.
     *
     * @throws ApiException when the text is not base64
     */
    public static byte[] base64(String text) {
        int comma = text.startsWith("data:") ? text.indexOf(',') + 1 : 0;
        String digits = text.substring(comma);
        try {
            return digits.indexOf('\n') < 0 && digits.indexOf('\r') < 0
                    ? Base64.getDecoder().decode(digits)
                    : Base64.getMimeDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(
                    "an image must be base64, got " + Shown.of(String.valueOf(e.getMessage())), e);
        }
    }
}
