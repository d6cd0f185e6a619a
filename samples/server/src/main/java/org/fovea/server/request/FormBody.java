package org.fovea.server.request;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Promise;

/** A {@code multipart/form-data} body that is wholly in memory; nothing of it is written to a disk. */
final class FormBody {
    private static final int MOST_PARTS = 100;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    private FormBody() {}

    /**
     * Reads a body.
     *
     * @param fileNames names of fields that are files, even without a file name
     * @throws ApiException when the body is not a form
     */
    static FormBody read(byte[] body, String boundary, List<String> fileNames) {
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxParts(MOST_PARTS);
        parser.setMaxLength(-1); // the size of the body was limited when it was read
        parser.setMaxFileSize(-1);
        parser.setMaxMemoryFileSize(-1);
        parser.setUseFilesForPartsWithoutFileName(false);
        CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
        parser.parse(Content.Source.from(ByteBuffer.wrap(body)), Promise.Invocable.toPromise(parsed));
        try (MultiPartFormData.Parts parts = parsed.join()) {
            FormBody form = new FormBody();
            for (MultiPart.Part part : parts) {
                form.add(part, fileNames);
            }
            return form;
        } catch (CompletionException | IllegalArgumentException | IllegalStateException | IOException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            throw ApiException.badRequest(
                    "the body must be a multipart form with the boundary of its Content-Type, got "
                            + Shown.of(String.valueOf(cause.getMessage())
                                    .replaceFirst("^[A-Za-z.]*Exception(@[0-9a-f]*)?: ", "")),
                    e);
        }
    }

    private void add(MultiPart.Part part, List<String> fileNames) throws IOException {
        String name = part.getName();
        if (name == null) {
            throw ApiException.badRequest("each part of the form must have a name, got one without");
        }
        if (fileNames.contains(name)) {
            files.put(name, BufferUtil.toArray(Content.Source.asByteBuffer(part.getContentSource())));
        } else {
            fields.computeIfAbsent(name, n -> new ArrayList<>()).add(part.getContentAsString(StandardCharsets.UTF_8));
        }
    }

    /** First file. */
    Optional<byte[]> file() {
        return files.values().stream().findFirst();
    }

    Parameters parameters() {
        return new Parameters(fields);
    }
}
